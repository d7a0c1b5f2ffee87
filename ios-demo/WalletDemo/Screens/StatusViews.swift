import Accessibility
import SwiftUI
import WalletCore

extension Locale {
    /// What a standing is called, in the core's words.
    func standing(_ standing: Standing) -> String {
        (try? standingText(standing: standing, locale: tag)) ?? ""
    }
}

/// What is wrong with a document's status.
private enum Concern {
    case revoked, suspended, unconfirmed

    /// Of a document whose time is over it does not matter who could confirm it.
    init?(_ status: CredentialStatus, isOver: Bool) {
        switch status.standing {
        case .revoked: self = .revoked
        case .suspended: self = .suspended
        case .unknown, .valid, .unlisted:
            if isOver || !status.isUnconfirmed { return nil }
            self = .unconfirmed
        }
    }

    var standing: Standing {
        switch self {
        case .revoked: .revoked
        case .suspended: .suspended
        case .unconfirmed: .unknown
        }
    }

    var tone: Tone {
        switch self {
        case .revoked: .danger
        case .suspended: .warning
        case .unconfirmed: .plain
        }
    }

    var about: LocalizedStringKey {
        switch self {
        case .revoked: "status_revoked_about"
        case .suspended: "status_suspended_about"
        case .unconfirmed: "status_unknown_about"
        }
    }
}

/// Says of a document at a glance what is wrong with its status; nothing where nothing is.
struct StatusMark: View {
    let status: CredentialStatus
    let isOver: Bool
    @Environment(\.locale) private var locale

    var body: some View {
        if let concern = Concern(status, isOver: isOver) {
            Mark(tone: concern.tone, words: Text(verbatim: locale.standing(concern.standing)))
        }
    }
}

/// Whether a document counts: what is known, what follows from it, and how old that is.
struct StatusView: View {
    let status: CredentialStatus
    let isOver: Bool
    @Environment(\.locale) private var locale

    var body: some View {
        if let concern = Concern(status, isOver: isOver) {
            Heading(words: Text("document_status"))
            Notice(
                tone: concern.tone, heading: Text(verbatim: locale.standing(concern.standing)), about: Text(concern.about),
                more: age(concern))
        } else if !isOver {
            Heading(words: Text("document_status"))
            Text(verbatim: locale.standing(status.standing)).foregroundStyle(Palette.ink)
            Note(words: age(nil))
        }
    }

    private func age(_ concern: Concern?) -> Text {
        if status.standing == .unlisted { return Text("status_unlisted_about") }
        guard let at = status.checkedAt.map({ locale.moment($0) }) else { return Text("status_checked_never") }
        let isKnown = concern == nil || concern?.standing == status.standing
        return isKnown ? Text("status_checked \(at)") : Text("status_last_known \(at) \(locale.standing(status.standing))")
    }
}

/// What changed since the citizen last looked, until they say that they have read it.
struct StatusNews: View {
    let entries: [CredentialEntry]
    @Environment(Model.self) private var model
    @Environment(\.locale) private var locale

    private struct Sentence: Hashable {
        let tone: Tone
        let heading: String
        let about: String
    }

    var body: some View {
        if !news.isEmpty {
            ForEach(news, id: \.self) { one in
                Notice(tone: one.tone, heading: Text(verbatim: one.heading), about: Text(verbatim: one.about))
                    .task(id: one) { AccessibilityNotification.Announcement(one.heading + ". " + one.about).post() }
            }
            WideButton("interrupted_read", .quiet) { model.statuses.told() }
        }
    }

    /// The same document in two formats is one piece of news.
    private var news: [Sentence] {
        var news: [Sentence] = []
        for entry in entries where model.statuses.news.contains(entry.id) {
            if let next = sentence(entry), !news.contains(next) { news.append(next) }
        }
        return news
    }

    private func sentence(_ entry: CredentialEntry) -> Sentence? {
        let (words, name) = (model.words, locale.name(entry.names, typeId: entry.typeId))
        return switch entry.status.standing {
        case .revoked:
            Sentence(tone: .danger, heading: words.text("status_now_revoked %@", name), about: words.text("status_revoked_about"))
        case .suspended:
            Sentence(tone: .warning, heading: words.text("status_now_suspended %@", name), about: words.text("status_suspended_about"))
        case .valid:
            Sentence(tone: .trusted, heading: words.text("status_now_valid %@", name), about: words.text("status_now_valid_about"))
        // Its mark in the list says so.
        case .unknown, .unlisted: nil
        }
    }
}
