import SwiftUI

struct ShowRecoveryKeyView: View {
    @Environment(Model.self) private var model

    var body: some View {
        Page(Text("recovery_title")) {
            Text("recovery_about").foregroundStyle(Palette.ink)
            Card {
                ForEach(Array((model.recovery.shown?.groups ?? []).enumerated()), id: \.offset) { position, group in
                    Text(verbatim: "\(position + 1).  \(group)")
                        .font(.system(.title3, design: .monospaced))
                        .foregroundStyle(Palette.ink)
                        // Read letter by letter, with the number of the group.
                        .accessibilityLabel(Text("recovery_group \(position + 1) \(spelled(group))"))
                }
            }
            .privacySensitive()
            Notice(tone: .warning, heading: Text("recovery_once"), about: Text("recovery_keep_safe"))
        } foot: {
            WideButton("recovery_written") { model.recovery.writtenDown() }
        }
    }

    private func spelled(_ group: String) -> String {
        group.map(String.init).joined(separator: " ")
    }
}

struct ConfirmRecoveryKeyView: View {
    @Environment(Model.self) private var model
    @State private var typed = RecoveryGroups.asked.map { _ in "" }

    var body: some View {
        Page(Text("recovery_confirm_title"), back: { model.navigator.back() }, isBusy: model.recovery.work.isBusy) {
            Text("recovery_confirm_about").foregroundStyle(Palette.ink)
            ForEach(Array(RecoveryGroups.asked.enumerated()), id: \.offset) { position, group in
                Field("recovery_group_number \(group + 1)", .code, text: $typed[position])
                if model.recovery.wrong.contains(group) {
                    Mistake(words: Text("recovery_group_wrong \(group + 1)"))
                }
            }
            Problem(model.recovery.work.failure)
        } foot: {
            WideButton("recovery_show_again", .quiet) { model.navigator.back() }
            WideButton("go_on") { await model.recovery.confirm(typed) }
        }
    }
}

struct ReplaceRecoveryKeyView: View {
    @Environment(Model.self) private var model
    @State private var pin = ""

    var body: some View {
        Page(Text("recovery_replace"), back: { model.navigator.back() }, isBusy: model.recovery.work.isBusy) {
            Text("recovery_replace_about").foregroundStyle(Palette.ink)
            Field("pin", .pin, text: $pin)
            Problem(model.recovery.work.failure)
        } foot: {
            WideButton("go_on") {
                await model.recovery.replace(pin: pin)
                pin = ""
            }
            .disabled(model.recovery.work.isBusy)
        }
    }
}
