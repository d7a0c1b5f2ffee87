import SwiftUI
import WalletCore

struct UnlockView: View {
    @Environment(Model.self) private var model
    @State private var pin = ""

    var body: some View {
        let unlock = model.unlock
        Page(Text("unlock_title"), isBusy: unlock.work.isBusy) {
            if model.links.isWaiting { Text("unlock_then_goes_on").foregroundStyle(Palette.ink) }
            if !unlock.isBlocked { Field("pin", .pin, text: $pin) }
            Problem(unlock.work.failure)
        } foot: {
            WideButton("unlock_by_recovery_key", .quiet) {
                unlock.work.clear()
                model.navigator.push(.unlockByRecoveryKey)
            }
            if unlock.guards.contains(.biometrics) {
                WideButton("unlock_by_biometrics", .quiet) { await unlock.byBiometrics() }
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

struct UnlockByRecoveryKeyView: View {
    @Environment(Model.self) private var model
    @State private var key = ""

    var body: some View {
        let unlock = model.unlock
        Page(Text("unlock_by_recovery_key"), back: goBack, isBusy: unlock.work.isBusy) {
            Text("unlock_recovery_about").foregroundStyle(Palette.ink)
            Field("recovery_key", .code, text: $key)
            Problem(unlock.work.failure)
        } foot: {
            WideButton("unlock") { await unlock.byRecoveryKey(key) }
                .disabled(unlock.work.isBusy)
        }
    }

    private func goBack() {
        model.unlock.work.clear()
        model.navigator.back()
    }
}
