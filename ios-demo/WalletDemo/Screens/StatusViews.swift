import Accessibility
import SwiftUI
import WalletCore

extension Locale {
    /// What a standing is called, in the core's words.
    func standing(_ standing: Standing) -> String {
        (try? standingText(standing: standing, locale: tag)) ?? ""
    }
}

extension Standing {
    fileprivate var tone: Tone {
        switch self {
        case .revoked: .danger
        case .suspended: .warning
        case .unknown, .valid, .unlisted: .plain
        }
    }
}

extension DocumentsPresenter {
    /// What there is to say of whether a document still counts: nothing once its time is over, unless it was taken back.
    fileprivate func shownStatus(of entry: CredentialEntry) -> CredentialStatus? {
        isOver(entry) && !entry.status.standing.isWithdrawn ? nil : entry.status
    }
}

/// Says of a document in the list that it does not count, or perhaps not. One that counts needs no word.
struct StatusMark: View {
    let entry: CredentialEntry
    @Environment(Model.self) private var model
    @Environment(\.locale) private var locale

    var body: some View {
        if let status = model.documents.shownStatus(of: entry), status.standing.isWithdrawn || status.isUnconfirmed {
            let standing = status.isUnconfirmed ? .unknown : status.standing
            Mark(tone: standing.tone, words: Text(verbatim: locale.standing(standing)))
        }
    }
}

/// Whether a document still counts, since when that is known, and what to do where it does not.
struct StatusView: View {
    let entry: CredentialEntry
    @Environment(Model.self) private var model
    @Environment(\.locale) private var locale

    var body: some View {
        if let status = model.documents.shownStatus(of: entry) {
            Heading(words: Text("document_status"))
            switch status.standing {
            case .revoked: notice(status, about: "status_revoked_about")
            case .suspended: notice(status, about: "status_suspended_about")
            case .unknown, .valid, .unlisted:
                if status.isUnconfirmed {
                    Notice(
                        tone: .plain, heading: Text(verbatim: locale.standing(.unknown)), about: Text("status_unknown_about"),
                        more: known(status))
                } else {
                    Note(words: Text(verbatim: locale.standing(status.standing)))
                    Note(words: status.standing == .unlisted ? Text("status_unlisted_about") : checked(status))
                }
            }
        }
    }

    private func notice(_ status: CredentialStatus, about: LocalizedStringKey) -> Notice {
        Notice(
            tone: status.standing.tone, heading: Text(verbatim: locale.standing(status.standing)), about: Text(about),
            more: checked(status))
    }

    private func checked(_ status: CredentialStatus) -> Text {
        guard let at = status.checkedAt else { return Text("status_checked_never") }
        return Text("status_checked \(locale.moment(at))")
    }

    /// What is known of a document of which it is not known whether it counts now.
    private func known(_ status: CredentialStatus) -> Text {
        guard let at = status.checkedAt, status.standing != .unknown else { return checked(status) }
        return Text("status_last_known \(locale.moment(at)) \(locale.standing(status.standing))")
    }
}

/// Tells of documents that their issuers took back, or that count again, until the citizen has read it.
struct ChangesView: View {
    @Environment(Model.self) private var model
    @Environment(\.locale) private var locale

    var body: some View {
        if !told.isEmpty {
            ForEach(told, id: \.heading) { told in
                Notice(tone: told.tone, heading: Text(verbatim: told.heading), about: Text(verbatim: told.about))
                    .task(id: told.heading) { AccessibilityNotification.Announcement(told.heading + ". " + told.about).post() }
            }
            WideButton("interrupted_read", .quiet) { model.statuses.read() }
        }
    }

    private struct Told {
        let tone: Tone
        let heading: String
        let about: String
    }

    /// Each sentence once: two documents may have the same name.
    private var told: [Told] {
        var told: [Told] = []
        for change in model.statuses.changes {
            guard let entry = model.documents.entry(change.credential) else { continue }
            let next = sentence(change.standing, locale.name(entry.names, typeId: entry.typeId))
            if !told.contains(where: { $0.heading == next.heading }) { told.append(next) }
        }
        return told
    }

    private func sentence(_ standing: Standing, _ name: String) -> Told {
        let words = model.words
        return switch standing {
        case .revoked:
            Told(tone: .danger, heading: words.text("status_now_revoked", name), about: words.text("status_revoked_about"))
        case .suspended:
            Told(tone: .warning, heading: words.text("status_now_suspended", name), about: words.text("status_suspended_about"))
        case .valid, .unlisted, .unknown:
            Told(tone: .trusted, heading: words.text("status_now_valid", name), about: words.text("status_now_valid_about"))
        }
    }
}

/// Why nothing answers, of documents that would if they counted; nobody but the citizen hears of them.
struct LapsedView: View {
    let questions: [Question]
    @Environment(Model.self) private var model
    @Environment(\.locale) private var locale

    private struct Told {
        let why: LocalizedStringKey
        let next: LocalizedStringKey
    }

    var body: some View {
        let lapsed = questions.filter(\.candidates.isEmpty).flatMap(\.lapsed)
        ForEach(lapsed, id: \.credential) { one in
            if let entry = model.documents.entry(one.credential), let told = words(one.reason, entry) {
                Notice(tone: .plain, heading: Text(told.why), about: Text(told.next))
            }
        }
    }

    private func words(_ reason: Lapse, _ entry: CredentialEntry) -> Told? {
        let name = locale.name(entry.names, typeId: entry.typeId)
        return switch reason {
        case .withdrawn:
            entry.status.standing == .suspended
                ? Told(why: "share_lapsed_suspended \(name)", next: "share_lapsed_suspended_about")
                : Told(why: "share_lapsed_revoked \(name)", next: "share_lapsed_renew")
        case .expired:
            entry.validUntil.map { Told(why: "share_lapsed_expired \(name) \(locale.day($0))", next: "share_lapsed_renew") }
        case .notYetValid:
            entry.validFrom.map { Told(why: "share_lapsed_not_yet \(name) \(locale.day($0))", next: "share_lapsed_not_yet_about") }
        }
    }
}
