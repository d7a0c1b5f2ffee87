import SwiftUI
import WalletCore

struct HistoryView: View {
    @Environment(Model.self) private var model

    var body: some View {
        let log = model.documents.history
        Page(Text("history_title"), back: { model.navigator.back() }, isBusy: log == nil) {
            Problem(model.documents.failure)
            Note(words: Text("history_about"))
            if let log {
                if !log.isWhole {
                    Notice(tone: .danger, heading: Text("history_broken"), about: Text("history_broken_about"))
                }
                let entries = told(log)
                if entries.isEmpty { Text("history_none").foregroundStyle(Palette.ink) }
                ForEach(entries, id: \.number) { EntryView(logged: $0) }
                if !log.unauthenticatedRefusals.isEmpty {
                    Note(words: Text("history_refused_unknown \(log.unauthenticatedRefusals.count + Int(log.olderRefusals))"))
                }
            }
        }
    }

    /// The newest first. An outcome stands with what it is the outcome of.
    private func told(_ log: History) -> [LoggedEntry] {
        log.entries.reversed().filter { if case .outcome = $0.entry.event { false } else { true } }
    }
}

private struct EntryView: View {
    let logged: LoggedEntry
    @Environment(\.locale) private var locale

    var body: some View {
        Card {
            what.font(.headline).foregroundStyle(Palette.ink)
            Note(words: Text(verbatim: locale.moment(logged.entry.at)))
            switch logged.entry.event {
            case .received(_, let credentials):
                ForEach(documents(credentials), id: \.self) { Note(words: Text(verbatim: $0)) }
            case .sending(_, _, let shared, _):
                ForEach(shared, id: \.self) { document in
                    Note(words: Text("history_shared \(locale.document(document.typeId)) \(locale.claims(document.claims, of: document.typeId))"))
                }
                outcome.foregroundStyle(Palette.ink)
            default: EmptyView()
            }
        }
        .accessibilityElement(children: .combine)
    }

    /// One document comes in several formats.
    private func documents(_ received: [Disclosed]) -> [String] {
        Set(received.map { locale.document($0.typeId) }).sorted()
    }

    private var what: Text {
        switch logged.entry.event {
        case .received(let issuer, _): Text("history_received \(issuer.shownName)")
        case .notReceived(let issuer, _): Text("history_not_received \(issuer.shownName)")
        case .sending(let verifier, _, _, _): Text("history_sent_to \(verifier.shownName)")
        case .declined(let verifier, _): Text("history_declined \(verifier.shownName)")
        case .refused(let verifier, _): Text("history_refused \(verifier.shownName)")
        case .credentialDeleted(_, _, let typeId): Text("history_deleted \(locale.document(typeId))")
        case .entriesDeleted(_, let count): Text("history_entries_deleted \(Int(count))")
        case .moved(let how, _, _):
            switch how {
            case .backedUp: Text("history_backed_up")
            case .restored: Text("history_restored")
            case .migrationExported: Text("history_moved_out")
            case .migrationImported: Text("history_moved_in")
            }
        case .outcome: outcome
        }
    }

    private var outcome: Text {
        switch logged.outcome {
        case .sent: Text("outcome_sent")
        case .refused: Text("outcome_refused")
        case .notSent: Text("outcome_not_sent")
        case .unknown, nil: Text("outcome_unknown")
        }
    }
}
