import SwiftUI
import WalletCore

struct SettingsView: View {
    @Environment(Model.self) private var model
    @Environment(\.locale) private var locale

    var body: some View {
        let (settings, preferences) = (model.settings, model.preferences)
        Page(Text("settings_title"), back: { model.navigator.back() }, isBusy: settings.work.isBusy) {
            Problem(settings.work.failure)
            Heading(words: Text("language"))
            LanguageChoice()
            Heading(words: Text("settings_lock"))
            Note(words: Text("settings_lock_about"))
            OneOf(options: Preferences.lockMinutes, chosen: preferences.lockAfterMinutes) { Text("minutes \($0)") } choose: {
                preferences.lock(afterMinutes: $0)
            }
            WideButton("settings_lock_now", .quiet) { await settings.lock() }
            Heading(words: Text("pin"))
            WideButton("pin_change", .quiet) { settings.startPinChange() }
            Heading(words: Text("biometrics_title"))
            Note(words: Text(settings.opensByBiometrics ? "biometrics_is_on" : "biometrics_is_off"))
            WideButton(settings.opensByBiometrics ? "biometrics_off" : "biometrics_on", .quiet) { settings.startBiometrics() }
            Heading(words: Text("recovery_key"))
            WideButton("recovery_replace", .quiet) { model.recovery.startReplacing() }
            Heading(words: Text("settings_transfer"))
            WideButton("backup_title", .quiet) { model.transfer.open(.backUp) }
            WideButton("move_out_title", .quiet) { model.transfer.open(.moveOut) }
            WideButton("move_in_title", .quiet) { model.transfer.open(.moveIn) }
            WideButton("reissue_title", .quiet) { model.navigator.push(.reissue) }
            Heading(words: Text("settings_health"))
            WideButton("checkup_title", .quiet) { await model.recovery.check() }
            Heading(words: Text("settings_trust"))
            Note(words: Text("settings_trust_about"))
            ForEach(settings.authorities, id: \.self) { authority in
                Card {
                    Text(verbatim: authority.name).font(.headline).foregroundStyle(Palette.ink)
                    if let side = authority.side { Note(words: side.words) }
                    Note(words: Text("settings_trust_until \(locale.day(authority.notAfter))"))
                    if let next = authority.nextUpdate { Note(words: Text("settings_trust_next \(locale.day(next))")) }
                }
            }
            Heading(words: Text("settings_about"))
            WideButton("about_see", .quiet) { model.navigator.push(.about) }
            Heading(words: Text("erase_title"))
            WideButton("erase_open", .quiet) { model.recovery.startErasing() }
        }
    }
}

struct ChangePinView: View {
    @Environment(Model.self) private var model
    @State private var old = ""
    @State private var new = TypedTwice.pin

    var body: some View {
        let settings = model.settings
        Page(Text("pin_change"), back: { model.navigator.back() }, isBusy: settings.work.isBusy) {
            Field("pin_old", .pin, text: $old)
            NewPinFields(pin: $new, refused: settings.refused)
            Problem(settings.work.failure)
        } foot: {
            WideButton("pin_change") { await settings.changePin(old: old, new: new) }
                .disabled(settings.work.isBusy)
        }
    }
}

struct BiometricsView: View {
    @Environment(Model.self) private var model
    @State private var pin = ""

    var body: some View {
        let settings = model.settings
        Page(Text("biometrics_title"), back: { model.navigator.back() }, isBusy: settings.work.isBusy) {
            Text("biometrics_about").foregroundStyle(Palette.ink)
            Note(words: Text("biometrics_rule"))
            Field("pin", .pin, text: $pin)
            Problem(settings.work.failure)
        } foot: {
            WideButton("not_now", .quiet) { model.navigator.back() }
            WideButton(settings.opensByBiometrics ? "biometrics_off" : "biometrics_on") {
                let typed = pin
                pin = ""
                await settings.setBiometrics(!settings.opensByBiometrics, pin: typed)
            }
            .disabled(settings.work.isBusy)
        }
    }
}
