import SwiftUI
import WalletCore

/// What they want it for, in the citizen's language where they say it in that.
struct PurposeView: View {
    let registration: Registration?
    @Environment(\.locale) private var locale

    var body: some View {
        if let details = registration?.details, let purpose = locale.best(details.purposes) {
            Heading(words: Text("share_what_for"))
            Text(verbatim: purpose).font(.headline).foregroundStyle(Palette.ink)
            if let service = locale.best(details.serviceDescriptions) { Note(words: Text(verbatim: service)) }
            Note(words: Text("share_registered_with \(details.registrar)"))
        } else {
            Note(words: Text("share_no_purpose"))
        }
    }
}

/// Where to read what they do with it, ask them, and complain. A tap leaves the wallet.
struct RightsView: View {
    let registration: Registration?
    @Environment(Model.self) private var model
    @Environment(\.openURL) private var openURL

    var body: some View {
        if let details = registration?.details, !details.isSilent {
            Heading(words: Text("share_your_rights"))
            link("share_privacy", details.privacyPolicy)
            link("share_support", details.supportUri)
            link("share_complain", details.supervisoryAuthority?.uri)
            if !details.authority.isEmpty { Note(words: Text("share_complain_to \(details.authority)")) }
        }
    }

    @ViewBuilder private func link(_ key: String, _ address: String?) -> some View {
        if let url = address.flatMap({ URL(string: $0) }) {
            let (words, host) = (model.words.text(key), url.host() ?? "")
            Row(words: Text(verbatim: words), hint: Text(verbatim: host), spoken: Text("share_opens \(words) \(host)")) { openURL(url) }
        }
    }
}
