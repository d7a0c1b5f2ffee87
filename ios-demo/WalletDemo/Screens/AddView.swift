import SwiftUI
import WalletCore

struct AddView: View {
    @Environment(Model.self) private var model
    @Environment(\.scanner) private var scanner
    @State private var link = ""

    var body: some View {
        Page(Text("add_title"), back: { model.navigator.back() }, isBusy: model.links.work.isBusy) {
            Text("add_about").foregroundStyle(Palette.ink)
            Field("add_link", .link, text: $link)
            Problem(model.links.work.failure)
        } foot: {
            if scanner != nil {
                WideButton("scan_title", .quiet) { model.navigator.push(.scan) }
            }
            WideButton("go_on") {
                let typed = link.trimmingCharacters(in: .whitespacesAndNewlines)
                if !typed.isEmpty { await model.arrived(typed, from: .paste) }
            }
            .disabled(model.links.work.isBusy)
        }
    }
}
