import SwiftUI

struct ShowRecoveryKeyView: View {
    @Environment(Model.self) private var model
    @Environment(\.printer) private var printer

    var body: some View {
        let newKey = model.newKey
        Page(Text("recovery_title"), isBusy: newKey.work.isBusy) {
            Text("recovery_about").foregroundStyle(Palette.ink)
            Card {
                ForEach(Array((newKey.shown?.groups ?? []).enumerated()), id: \.offset) { position, group in
                    Text(verbatim: "\(position + 1).  \(group)")
                        .font(.system(.title3, design: .monospaced))
                        .foregroundStyle(Palette.ink)
                        // Read letter by letter, with the number of the group.
                        .accessibilityLabel(Text("recovery_group \(position + 1) \(spelled(group))"))
                }
            }
            .privacySensitive()
            Notice(tone: .warning, heading: Text("recovery_once"), about: Text("recovery_keep_safe"))
            if let printer {
                Both {
                    WideButton("recovery_print", .quiet) {
                        if let sheet = newKey.sheet { printer.print(sheet) }
                    }
                } or: {
                    save
                }
            } else {
                save
            }
            Note(words: Text("recovery_copies"))
            if newKey.isSaved { Notice(tone: .trusted, heading: Text("file_saved")) }
            Problem(newKey.work.failure)
        } foot: {
            WideButton("recovery_written") { newKey.writtenDown() }
        }
    }

    private var save: some View {
        WideButton("recovery_save", .quiet) { await model.newKey.save() }
            .disabled(model.newKey.work.isBusy)
    }

    private func spelled(_ group: String) -> String {
        group.map(String.init).joined(separator: " ")
    }
}

struct ConfirmRecoveryKeyView: View {
    @Environment(Model.self) private var model
    @State private var typed: [Int: String] = [:]

    var body: some View {
        let newKey = model.newKey
        let asked = newKey.shown?.asked ?? []
        Page(Text("recovery_confirm_title"), back: { model.navigator.back() }, isBusy: newKey.work.isBusy) {
            Text("recovery_confirm_about").foregroundStyle(Palette.ink)
            ForEach(asked, id: \.self) { group in
                Field("recovery_group_number \(group + 1)", .code, text: text(of: group))
                if newKey.wrong.contains(group) {
                    Mistake(words: Text("recovery_group_wrong \(group + 1)"))
                }
            }
            Problem(newKey.work.failure)
        } foot: {
            WideButton("recovery_show_again", .quiet) { model.navigator.back() }
            WideButton("go_on") { await newKey.confirm(asked.map { typed[$0] ?? "" }) }
                .disabled(newKey.work.isBusy)
        }
    }

    private func text(of group: Int) -> Binding<String> {
        Binding(get: { typed[group] ?? "" }, set: { typed[group] = $0 })
    }
}

struct ReplaceRecoveryKeyView: View {
    @Environment(Model.self) private var model
    @State private var pin = ""

    var body: some View {
        let recovery = model.recovery
        Page(Text("recovery_replace"), back: { model.navigator.back() }, isBusy: recovery.work.isBusy) {
            Text("recovery_replace_about").foregroundStyle(Palette.ink)
            Field("pin", .pin, text: $pin)
            Problem(recovery.work.failure)
        } foot: {
            WideButton("recovery_replace") {
                await recovery.replace(pin: pin)
                pin = ""
            }
            .disabled(recovery.work.isBusy)
        }
    }
}
