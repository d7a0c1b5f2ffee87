import SwiftUI
import WalletCore

/// The heart of the app: who asks and how that is known, for what, and what they would get.
struct ConsentView: View {
    let asked: SharePresenter.Asked
    @Environment(Model.self) private var model
    @Environment(\.locale) private var locale

    var body: some View {
        let work = model.share.work
        Page(Text("share_title"), isBusy: work.isBusy) {
            PartyView(party: asked.details.verifier)
            PurposeView(registration: asked.details.registration)
            Problem(work.failure)
            Problem(model.share.looking.failure)
            if let choice = asked.choice {
                Heading(words: Text("share_asks"))
                ForEach(choice.selections, id: \.queryId) { AnswerView(asked: asked, selection: $0) }
                WarningsView(warnings: asked.warnings)
                if !asked.details.encrypted { Note(words: Text("share_not_encrypted")) }
                Note(words: Text("share_rest_stays"))
            } else {
                Notice(tone: .warning, heading: Text("share_nothing_fits"), about: Text("share_nothing_fits_about"))
                LapsedView(questions: asked.details.questions)
            }
            Note(words: before)
            RightsView(registration: asked.details.registration)
            if asked.choice != nil {
                ForEach(asked.approvals, id: \.approval) { ApprovalView(approval: $0.approval, warning: $0.warning, asked: asked) }
            }
        } foot: {
            if asked.choice == nil {
                // What cannot be shared has no such button.
                decline
            } else {
                Both { decline } or: {
                    WideButton("share_yes") { await model.share.share() }
                        .disabled(!asked.canShare || work.isBusy)
                }
            }
        }
    }

    private var decline: some View {
        WideButton("share_no") { await model.share.decline() }
            .disabled(model.share.work.isBusy)
    }

    private var before: Text {
        if asked.historyIsBroken { return Text("share_before_unknown") }
        guard let before = asked.sharedBefore else { return Text("share_first_time") }
        return Text("share_before \(Int(before.times)) \(locale.day(before.lastAt))")
    }
}

/// What the citizen must know before saying yes, in the core's words.
private struct WarningsView: View {
    let warnings: [Warning]
    @Environment(\.locale) private var locale

    var body: some View {
        ForEach(sentences, id: \.words) { Notice(tone: $0.tone, heading: Text(verbatim: $0.words)) }
    }

    private var sentences: [(words: String, tone: Tone)] {
        var seen: [(words: String, tone: Tone)] = []
        for warning in warnings {
            // The second yes says so.
            if SharePresenter.Approval(warning) != nil { continue }
            guard let words = try? warningText(warning: warning, locale: locale.tag) else { continue }
            if !seen.contains(where: { $0.words == words }) { seen.append((words, tone(warning))) }
        }
        return seen
    }

    private func tone(_ warning: Warning) -> Tone {
        switch warning {
        case .notEncrypted: .warning
        default: .plain
        }
    }
}

/// The second yes to one thing that needs it: named, and unticked until the citizen ticks it.
private struct ApprovalView: View {
    let approval: SharePresenter.Approval
    let warning: Warning
    let asked: SharePresenter.Asked
    @Environment(Model.self) private var model
    @Environment(\.locale) private var locale

    private var about: Text? {
        (try? warningText(warning: warning, locale: locale.tag)).map { Text(verbatim: $0) }
    }

    private var words: (heading: Text, yes: Text) {
        let name = asked.details.verifier.shownName
        return switch approval {
        case .unknownName: (Text("share_unknown"), Text("share_approve \(name)"))
        case .unconfirmedRegistration: (Text("share_unconfirmed"), Text("share_approve_unconfirmed \(name)"))
        case .moreThanRegistered: (Text("share_more"), Text("share_approve_more \(name)"))
        }
    }

    var body: some View {
        Notice(tone: .warning, heading: words.heading, about: about)
        Toggle(isOn: Binding(get: { asked.approved.contains(approval) }, set: { model.share.approve(approval, $0) })) {
            words.yes.foregroundStyle(Palette.ink)
        }
    }
}
