import SwiftUI
import WalletCore

struct DocumentView: View {
    let id: CredentialId
    @Environment(Model.self) private var model
    @Environment(\.locale) private var locale
    @State private var asksToDelete = false

    var body: some View {
        let shown = model.documents.document
        Page(title(shown), back: { model.navigator.back() }, isBusy: model.documents.work.isBusy) {
            Problem(model.documents.work.failure)
            if let shown {
                PartyView(party: shown.entry.issuer)
                DocumentFacts(entry: shown.entry)
                Note(words: shown.entry.format.words)
                Heading(words: Text("document_contents"))
                Card(spacing: Space.medium) {
                    ForEach(Array(shown.claims.enumerated()), id: \.offset) { _, claim in
                        ClaimView(typeId: shown.entry.typeId, claim: claim)
                    }
                }
                Heading(words: Text("delete_title"))
                Note(words: Text("delete_about"))
                WideButton("delete_ask", .quiet) { asksToDelete = true }
                if asksToDelete {
                    WideButton("delete_yes") { await model.documents.delete(id) }
                        .disabled(model.documents.work.isBusy)
                }
            }
        }
    }

    private func title(_ shown: CredentialDetails?) -> Text {
        guard let entry = shown?.entry else { return Text("document") }
        return Text(verbatim: locale.name(entry.names, typeId: entry.typeId))
    }
}
