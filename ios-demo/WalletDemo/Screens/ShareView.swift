import SwiftUI
import WalletCore

struct ShareView: View {
    @Environment(Model.self) private var model

    var body: some View {
        switch model.share.state {
        case .nothing: Page(Text("share_title")) {}
        case .asked(let asked): ConsentView(asked: asked)
        case .sent(let verifier, let goOn): SentView(verifier: verifier, goOn: goOn)
        case .declined(let verifier, let isHeard):
            Outcome(
                tone: .plain, heading: Text("share_declined"),
                about: isHeard ? Text("share_declined_about \(verifier)") : Text("share_declined_unheard_about \(verifier)"))
        case .uncertain(let verifier):
            Outcome(tone: .warning, heading: Text("share_uncertain"), about: Text("share_uncertain_about \(verifier)"))
        case .failed(let failure):
            Page(Text("share_failed")) {
                Problem(failure)
            } foot: {
                WideButton("done") { model.share.leave() }
            }
        }
    }
}

/// Sent; who came from the verifier's page on this phone goes back there.
private struct SentView: View {
    let verifier: String
    let goOn: URL?
    @Environment(Model.self) private var model
    @Environment(\.openURL) private var openURL

    var body: some View {
        Page(Text("share_title")) {
            Notice(tone: .trusted, heading: Text("share_sent"), about: Text("share_sent_about \(verifier)"))
        } foot: {
            if let goOn {
                WideButton("share_go_on \(verifier)") {
                    model.share.leave()
                    openURL(goOn)
                }
            }
            WideButton("done", goOn == nil ? .strong : .quiet) { model.share.leave() }
        }
    }
}

private struct Outcome: View {
    let tone: Tone
    let heading: Text
    let about: Text
    @Environment(Model.self) private var model

    var body: some View {
        Page(Text("share_title")) {
            Notice(tone: tone, heading: heading, about: about)
        } foot: {
            WideButton("done") { model.share.leave() }
        }
    }
}
