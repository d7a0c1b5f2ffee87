import Accessibility
import SwiftUI
import WalletCore

struct UnlockView: View {
    @Environment(Model.self) private var model
    @State private var pin = ""

    var body: some View {
        let unlock = model.unlock
        Page(Text("unlock_title"), isBusy: unlock.work.isBusy) {
            if model.links.isWaiting { Text("unlock_then_goes_on").foregroundStyle(Palette.ink) }
            if unlock.biometricsChanged {
                Notice(tone: .warning, heading: Text("biometrics_changed"), about: Text("biometrics_changed_about"))
            }
            if !unlock.isBlocked { Field("pin", .pin, text: $pin) }
            Problem(unlock.work.failure)
            WaitView(failure: unlock.work.failure)
        } foot: {
            WideButton("unlock_by_recovery_key", .quiet) {
                unlock.work.clear()
                model.recovery.ask()
            }
            if unlock.canUseBiometrics {
                WideButton("unlock_by_biometrics", .quiet) { await unlock.byBiometrics() }
                    .disabled(unlock.work.isBusy)
            }
            if !unlock.isBlocked {
                WideButton("unlock") {
                    let typed = pin
                    pin = ""
                    await unlock.byPin(typed)
                }
                .disabled(unlock.work.isBusy)
            }
        }
    }
}

/// When the next PIN may be tried, and the way that is open before.
private struct WaitView: View {
    let failure: WalletError?
    @Environment(Model.self) private var model
    @Environment(\.locale) private var locale

    var body: some View {
        if let failure, failure.code == .pinWait, let at = failure.fault.retryAt {
            Text("unlock_wait \(locale.time(at))").font(.headline).foregroundStyle(Palette.ink)
                .task(id: at) { AccessibilityNotification.Announcement(model.words.text("unlock_wait %@", locale.time(at))).post() }
            Note(words: Text("unlock_wait_about"))
        }
    }
}

struct UnlockByRecoveryKeyView: View {
    @Environment(Model.self) private var model
    /// It stays when the screen says what is wrong with it: nobody types 28 characters again for one slip.
    @State private var key = ""

    var body: some View {
        let recovery = model.recovery
        Page(Text("unlock_by_recovery_key"), back: { model.navigator.back() }, isBusy: recovery.work.isBusy) {
            Text("unlock_recovery_about").foregroundStyle(Palette.ink)
            Field("recovery_key", .code, text: $key)
            ForEach(recovery.slips, id: \.self) { Mistake(words: words($0)) }
            if recovery.work.failure?.code == .recoveryKeyMalformed { Note(words: Text("recovery_slip_somewhere")) }
            Problem(recovery.work.failure)
            WideButton("recovery_lost", .quiet) { recovery.startErasing() }
        } foot: {
            Both {
                WideButton("unlock") { await recovery.unlock(by: key) }
            } or: {
                WideButton("recovery_new_pin") { await recovery.unlockForNewPin(by: key) }
            }
            .disabled(recovery.work.isBusy)
        }
    }

    private func words(_ slip: TypedKey.Slip) -> Text {
        switch slip {
        case .character(let group, let character): Text("recovery_slip_character \(group) \(String(character))")
        case .length(let group, let characters): Text("recovery_slip_length \(group) \(characters)")
        case .count(let groups): Text("recovery_slip_count \(groups)")
        }
    }
}

struct NewPinView: View {
    @Environment(Model.self) private var model
    @State private var pin = TypedTwice.pin

    var body: some View {
        let recovery = model.recovery
        Page(Text("pin_choose"), isBusy: recovery.work.isBusy) {
            NewPinFields(pin: $pin, refused: recovery.refused)
            Problem(recovery.work.failure)
        } foot: {
            WideButton("pin_set") { await recovery.setPin(pin) }
                .disabled(recovery.work.isBusy)
        }
    }
}
