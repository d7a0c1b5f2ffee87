import SwiftUI
import WalletCore

struct DocumentView: View {
    let id: CredentialId
    @Environment(Model.self) private var model
    @Environment(\.locale) private var locale

    var body: some View {
        let shown = model.documents.document?.details
        Page(title(shown), back: { model.navigator.back() }, isBusy: model.documents.work.isBusy) {
            Problem(model.documents.work.failure)
            if let shown {
                // Its status may change while it is looked at.
                let entry = model.documents.entry(id) ?? shown.entry
                PartyView(party: entry.issuer)
                DocumentFacts(entry: entry)
                Note(words: entry.format.words)
                StatusView(status: entry.status, isOver: model.documents.isOver(entry))
                Heading(words: Text("document_contents"))
                Card(spacing: Space.medium) {
                    ForEach(Array(shown.claims.toBeRead.enumerated()), id: \.offset) { _, claim in
                        ClaimView(typeId: entry.typeId, claim: claim)
                    }
                }
                if let protection = model.documents.document?.protection { ProtectionView(protection: protection) }
                Heading(words: Text("delete_title"))
                let warning: LocalizedStringKey = entry.status.standing == .revoked ? "delete_about_revoked" : "delete_about"
                Confirmed("delete_ask", warning: warning, isBusy: model.documents.work.isBusy) {
                    await model.documents.delete(id)
                }
            }
        }
    }

    private func title(_ shown: CredentialDetails?) -> Text {
        guard let entry = shown?.entry else { return Text("document") }
        return Text(verbatim: locale.name(entry.names, typeId: entry.typeId))
    }
}

/// What keeps others from showing this document.
private struct ProtectionView: View {
    let protection: KeyProtection
    @Environment(\.locale) private var locale

    var body: some View {
        Heading(words: Text("document_protection"))
        if let words = try? keyLevelText(level: protection.level, locale: locale.tag) { Note(words: Text(verbatim: words)) }
        switch protection.authentication {
        case .vaultOnly: Note(words: Text("document_protection_wallet"))
        case .window, .eachUse: Note(words: Text("document_protection_phone"))
        }
    }
}
