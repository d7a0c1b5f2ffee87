import SwiftUI
import WalletCore

struct DocumentsView: View {
    @Environment(Model.self) private var model
    @Environment(\.locale) private var locale

    var body: some View {
        let list = model.documents.credentials
        Page(Text("documents_title"), isBusy: list == nil || model.links.work.isBusy) {
            Problem(model.links.work.failure)
            Problem(model.documents.failure)
            if let interrupted = model.interrupted {
                Notice(tone: .warning, heading: Text(interrupted.words.what), about: Text(interrupted.words.next))
                WideButton("interrupted_read", .quiet) { model.interruptionRead() }
            }
            if let list {
                StatusNews(entries: list.entries)
                if !model.documents.toReissue.isEmpty {
                    Notice(tone: .plain, heading: Text("reissue_waiting \(model.documents.toReissue.count)"))
                    WideButton("reissue_see", .quiet) { model.navigator.push(.reissue) }
                }
                if list.entries.isEmpty { Text("documents_none").foregroundStyle(Palette.ink) }
                ForEach(list.entries, id: \.id) { entry in
                    Button {
                        Task { await model.documents.open(entry.id) }
                    } label: {
                        DocumentCard(entry: entry)
                    }
                    .buttonStyle(.plain)
                }
                if !list.damaged.isEmpty {
                    Notice(
                        tone: .danger, heading: Text("documents_damaged \(list.damaged.count)"),
                        about: Text("documents_damaged_about"))
                    WideButton("checkup_see", .quiet) { await model.recovery.check() }
                }
            }
        } foot: {
            WideButton("add_title") { model.navigator.push(.add) }
            Both {
                WideButton("history_title", .quiet) { await model.history.open() }
            } or: {
                WideButton("settings_title", .quiet) { await model.settings.open() }
            }
        }
    }
}

extension Underway {
    /// What the end of the app broke off, and where to look now.
    fileprivate var words: (what: LocalizedStringKey, next: LocalizedStringKey) {
        switch self {
        case .link: ("interrupted_link", "interrupted_link_about")
        case .receive: ("interrupted_receive", "interrupted_receive_about")
        case .share: ("interrupted_share", "interrupted_share_about")
        }
    }
}

private struct DocumentCard: View {
    let entry: CredentialEntry
    @Environment(Model.self) private var model
    @Environment(\.locale) private var locale

    var body: some View {
        Card {
            Text(verbatim: locale.name(entry.names, typeId: entry.typeId)).font(.headline).foregroundStyle(Palette.ink)
            Text(verbatim: entry.issuer.shownName).foregroundStyle(Palette.ink)
            StatusMark(status: entry.status, isOver: model.documents.isOver(entry))
            DocumentFacts(entry: entry)
        }
    }
}

/// What is worth knowing of a document at a glance.
struct DocumentFacts: View {
    let entry: CredentialEntry
    @Environment(Model.self) private var model
    @Environment(\.locale) private var locale

    var body: some View {
        let isOver = model.documents.isOver(entry)
        if case .trustList(let side, _) = entry.issuer.verification { Note(words: side.words) }
        // What was revoked does not count until that day either.
        if let until = entry.validUntil, entry.status.standing != .revoked {
            Note(words: isOver ? Text("valid_no_longer \(locale.day(until))") : Text("valid_until \(locale.day(until))"))
        }
        if isOver || entry.status.isWithdrawn {
            EmptyView()
        } else if entry.needsReissue {
            Note(words: Text("needs_reissue"))
        } else {
            Note(words: Text("copies_left \(Int(entry.freshCopies))"))
        }
    }
}
