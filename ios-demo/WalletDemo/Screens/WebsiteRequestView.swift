import SwiftUI
import WalletCore

/// What a website asks for by the Digital Credentials API, in the extension's sheet. The core does not answer such requests
/// yet: it is shown who asks for what, and there is nothing to agree to.
struct WebsiteRequestView: View {
    struct Document: Hashable {
        /// As ISO 18013-5 names it.
        let type: String
        let claims: [ClaimLocation]
    }

    /// The website's address, as the browser says; `nil` when it does not.
    let host: String?
    let documents: [Document]
    let leave: () -> Void
    @Environment(\.locale) private var locale

    var body: some View {
        Page(Text("website_title")) {
            if let host {
                Notice(tone: .plain, heading: Text(verbatim: host), about: Text("website_unchecked"))
            } else {
                Notice(tone: .warning, heading: Text("website_unknown"))
            }
            Notice(tone: .warning, heading: Text("website_cannot"), about: Text("website_cannot_about"))
            Heading(words: Text("share_asks"))
            ForEach(documents, id: \.self) { document in
                Card {
                    Text(verbatim: locale.document(document.type)).font(.headline).foregroundStyle(Palette.ink)
                    Note(words: Text(verbatim: locale.claims(document.claims, of: document.type)))
                }
                .accessibilityElement(children: .combine)
            }
        } foot: {
            WideButton("done") { leave() }
        }
    }
}
