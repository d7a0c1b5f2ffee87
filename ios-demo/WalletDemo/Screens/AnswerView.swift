import SwiftUI
import WalletCore

/// The answer to one question: from which document, and which items.
struct AnswerView: View {
    let asked: SharePresenter.Asked
    let selection: Selection
    @Environment(Model.self) private var model
    @Environment(\.locale) private var locale

    var body: some View {
        if let question = asked.details.questions.first(where: { $0.queryId == selection.queryId }),
            let candidate = question.candidates.first(where: { $0.credential == selection.credential })
        {
            Card {
                Heading(words: Text(verbatim: locale.document(candidate.typeId)))
                ItemsView(asked: asked, candidate: candidate, option: candidate.options[Int(selection.option)])
            }
            if question.candidates.count > 1 {
                Heading(words: Text("share_which_document"))
                OneOf(options: question.candidates, chosen: candidate, words: words) { other in
                    await choose(other.credential, other.least)
                }
            }
            if candidate.options.count > 1 {
                Heading(words: Text("share_which_claims"))
                OneOf(options: Array(candidate.options.indices), chosen: Int(selection.option)) { option in
                    let locations = candidate.options[option].claims.flatMap(\.locations)
                    return Text(verbatim: locale.claims(locations, of: candidate.typeId))
                } choose: { option in
                    await choose(candidate.credential, UInt32(option))
                }
            }
        }
    }

    private func words(_ candidate: QuestionCandidate) -> Text {
        let count = candidate.options[Int(candidate.least)].claims.map(\.locations.count).reduce(0, +)
        return Text("share_candidate \(locale.document(candidate.typeId)) \(count)")
    }

    private func choose(_ credential: CredentialId, _ option: UInt32) async {
        await model.share.choose(Selection(queryId: selection.queryId, credential: credential, option: option))
    }
}

/// Each item that is asked for: its value comes into sight when it is tapped.
private struct ItemsView: View {
    let asked: SharePresenter.Asked
    let candidate: QuestionCandidate
    let option: QuestionOption
    @Environment(\.locale) private var locale

    var body: some View {
        ForEach(option.claims, id: \.path) { claim in
            ForEach(claim.locations, id: \.self) { location in
                ItemView(item: .init(credential: candidate.credential, location: location), typeId: candidate.typeId, asked: asked)
                if claim.asksForMore { Mark(tone: .warning, words: Text("share_more_than_registered")) }
            }
            if let kept = claim.intentToRetain {
                Note(words: Text(kept ? "share_kept_by_verifier" : "share_not_kept_by_verifier"))
            }
        }
        let besides = option.revealedBesides.filter { !$0.isTechnical }
        if !besides.isEmpty { Note(words: Text("share_besides \(locale.claims(besides, of: candidate.typeId))")) }
        if besides.count < option.revealedBesides.count { Note(words: Text("share_besides_technical")) }
    }
}

private struct ItemView: View {
    let item: SharePresenter.Item
    let typeId: String
    let asked: SharePresenter.Asked
    @Environment(Model.self) private var model
    @Environment(\.locale) private var locale

    var body: some View {
        if let claim = asked.revealed[item] {
            ClaimView(typeId: typeId, claim: claim)
        } else {
            let label = locale.claim(item.location, of: typeId)
            Row(words: Text(verbatim: label), hint: Text("share_see"), spoken: Text("share_tap_to_see \(label)")) {
                await model.share.reveal(item)
            }
        }
    }
}
