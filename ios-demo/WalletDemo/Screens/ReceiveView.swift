import SwiftUI
import WalletCore

struct ReceiveView: View {
    @Environment(Model.self) private var model

    var body: some View {
        switch model.receive.state {
        case .nothing: Page(Text("receive_title")) {}
        case .offered(_, let details): OfferedView(details: details)
        case .received(_, let credentials, let isKnown): ReceivedView(credentials: credentials, isKnown: isKnown)
        case .kept(let count): Told(tone: .trusted, heading: Text("receive_kept \(count)"))
        case .discarded: Told(tone: .plain, heading: Text("receive_discarded"), about: Text("receive_discarded_about"))
        case .failed(let failure):
            Page(Text("receive_failed")) {
                if let why = failure.whyNotReceived {
                    Notice(tone: .warning, heading: Text(why.what), about: Text(why.next))
                }
                Problem(failure)
            } foot: {
                if model.receive.canTryAgain {
                    Both {
                        WideButton("done") { model.receive.leave() }
                    } or: {
                        WideButton("try_again") { await model.receive.again() }
                    }
                } else {
                    WideButton("done") { model.receive.leave() }
                }
            }
        }
    }
}

extension WalletError {
    /// What it is to the citizen, and the next step, where there is one that the core cannot know.
    fileprivate var whyNotReceived: (what: LocalizedStringKey, next: LocalizedStringKey)? {
        switch code {
        case .networkInterrupted, .networkTimedOut, .networkUnreachable: ("receive_lost", "receive_lost_about")
        case .deferredUnsupported: ("receive_later", "receive_later_about")
        case .anchorUnknown: ("receive_unlisted", "receive_unlisted_about")
        default: nil
        }
    }
}

private struct Told: View {
    let tone: Tone
    let heading: Text
    var about: Text?
    @Environment(Model.self) private var model

    var body: some View {
        Page(Text("receive_title")) {
            Notice(tone: tone, heading: heading, about: about)
        } foot: {
            WideButton("done") { model.receive.leave() }
        }
    }
}

/// Who offers what: nothing but that was asked of the issuer.
private struct OfferedView: View {
    let details: OfferDetails
    @Environment(Model.self) private var model
    @Environment(\.locale) private var locale
    @State private var code = ""

    var body: some View {
        let work = model.receive.work
        Page(Text("offer_title"), isBusy: work.isBusy) {
            // The name is the issuer's own word; the address is what the connection vouches for.
            Notice(tone: .plain, heading: Text(verbatim: issuer), about: Text("offer_address \(details.issuer)"))
            Heading(words: Text("offer_contents"))
            ForEach(names, id: \.self) { name in
                Card { Text(verbatim: name).font(.headline).foregroundStyle(Palette.ink) }
            }
            if let asked = details.txCode {
                Heading(words: Text("tx_code_title"))
                Note(words: asked.description.map { Text(verbatim: $0) } ?? Text("tx_code_about"))
                Field("tx_code", asked.numeric ? .digits : .code, text: $code)
            }
            Problem(work.failure)
        } foot: {
            Both {
                WideButton("offer_stop") { model.receive.leave() }
            } or: {
                WideButton("go_on") { await model.receive.accept(transactionCode: details.txCode == nil ? nil : code) }
            }
            .disabled(work.isBusy)
        }
    }

    private var issuer: String { locale.own(details.issuerNames) ?? details.issuerNames.first?.text ?? details.issuer }

    /// One document comes in several formats.
    private var names: [String] {
        var seen: [String] = []
        for name in details.credentials.map({ locale.name($0.names, typeId: $0.typeId) }) where !seen.contains(name) {
            seen.append(name)
        }
        return seen
    }
}

/// What the issuer gave: keep it, not keep it, or say that it is somebody else's.
private struct ReceivedView: View {
    let credentials: [PreviewCredential]
    let isKnown: Bool
    @Environment(Model.self) private var model
    @Environment(\.locale) private var locale

    var body: some View {
        let work = model.receive.work
        Page(Text("preview_title"), isBusy: work.isBusy) {
            Text("preview_about").foregroundStyle(Palette.ink)
            Problem(work.failure)
            if isKnown { Notice(tone: .plain, heading: Text("receive_known"), about: Text("receive_known_about")) }
            if let issuer = credentials.first?.issuer { PartyView(party: issuer) }
            ForEach(Array(credentials.enumerated()), id: \.offset) { _, credential in
                Heading(words: Text(verbatim: locale.name(credential.names, typeId: credential.typeId)))
                Note(words: credential.format.words)
                if let until = credential.validUntil { Note(words: Text("valid_until \(locale.day(until))")) }
                Note(words: Text("copies_given \(Int(credential.copies))"))
                Card(spacing: Space.medium) {
                    ForEach(Array(credential.claims.toBeRead.enumerated()), id: \.offset) { _, claim in
                        ClaimView(typeId: credential.typeId, claim: claim)
                    }
                }
            }
        } foot: {
            WideButton("preview_not_me", .quiet) { await model.receive.discard() }
                .disabled(work.isBusy)
            Both {
                WideButton("preview_no") { await model.receive.discard() }
            } or: {
                WideButton("preview_keep") { await model.receive.keep() }
            }
            .disabled(work.isBusy)
        }
    }
}
