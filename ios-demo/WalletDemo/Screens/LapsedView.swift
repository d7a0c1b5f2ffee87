import SwiftUI
import WalletCore

/// The documents that would have answered, why they do not, and what to do now. Nobody but the citizen hears of them.
struct LapsedView: View {
    let questions: [Question]
    @Environment(Model.self) private var model
    @Environment(\.locale) private var locale

    private struct Sentence: Hashable {
        let name: String
        let why: Why
        /// From when or until when, where that is why.
        let day: String
    }

    private enum Why {
        case expired, notYetValid, revoked, suspended
    }

    var body: some View {
        ForEach(sentences, id: \.self) { one in
            switch one.why {
            case .expired: notice(Text("share_lapsed_expired \(one.name) \(one.day)"), "share_lapsed_renew")
            case .notYetValid: notice(Text("share_lapsed_not_yet \(one.name) \(one.day)"), "share_lapsed_not_yet_about")
            case .revoked: notice(Text("share_lapsed_revoked \(one.name)"), "share_lapsed_renew")
            case .suspended: notice(Text("share_lapsed_suspended \(one.name)"), "share_lapsed_suspended_about")
            }
        }
    }

    private func notice(_ why: Text, _ next: LocalizedStringKey) -> Notice {
        Notice(tone: .plain, heading: why, about: Text(next))
    }

    /// The same document in two formats is one that is missed.
    private var sentences: [Sentence] {
        var sentences: [Sentence] = []
        for lapsed in questions.filter(\.candidates.isEmpty).flatMap(\.lapsed) {
            guard let entry = model.documents.entry(lapsed.credential) else { continue }
            let next = sentence(entry, lapsed.reason)
            if !sentences.contains(next) { sentences.append(next) }
        }
        return sentences
    }

    private func sentence(_ entry: CredentialEntry, _ reason: Lapse) -> Sentence {
        let name = locale.name(entry.names, typeId: entry.typeId)
        let day = { (at: Int64?) in at.map(locale.day) ?? "" }
        return switch reason {
        case .expired: Sentence(name: name, why: .expired, day: day(entry.validUntil))
        case .notYetValid: Sentence(name: name, why: .notYetValid, day: day(entry.validFrom))
        case .withdrawn: Sentence(name: name, why: entry.status.standing == .suspended ? .suspended : .revoked, day: "")
        }
    }
}
