import SwiftUI
import WalletCore

struct HistoryView: View {
    @Environment(Model.self) private var model

    var body: some View {
        let history = model.history
        Page(Text("history_title"), back: { model.navigator.back() }, isBusy: history.log == nil || history.work.isBusy) {
            Problem(history.failure)
            Problem(history.work.failure)
            Note(words: Text("history_about"))
            if let log = history.log {
                if !log.isWhole {
                    Notice(tone: .danger, heading: Text("history_broken"), about: Text("history_broken_about"))
                }
                Chips(options: HistoryPresenter.Filter.allCases, chosen: history.filter, words: { $0.words }) { history.show($0) }
                if let party = history.party {
                    Notice(tone: .plain, heading: Text("history_only \(party.shownName)"))
                    WideButton("history_everybody", .quiet) { history.showEverybody() }
                }
                EntriesView(log: log)
                if !log.entries.isEmpty { CareView() }
                if !history.past.isEmpty, history.party == nil { PastView(past: history.past) }
            }
        }
    }
}

extension HistoryPresenter.Filter {
    fileprivate var words: Text {
        switch self {
        case .all: Text("history_filter_all")
        case .shared: Text("history_filter_shared")
        case .refused: Text("history_filter_refused")
        case .received: Text("history_filter_received")
        }
    }
}

private struct EntriesView: View {
    let log: History
    @Environment(Model.self) private var model
    @Environment(\.locale) private var locale

    var body: some View {
        let (history, words) = (model.history, HistoryWords(words: model.words, locale: locale))
        let entries = history.entries
        if entries.isEmpty { Text(log.entries.isEmpty ? "history_none" : "history_none_of_these").foregroundStyle(Palette.ink) }
        ForEach(entries, id: \.number) { logged in
            Button {
                history.look(logged.number)
            } label: {
                Card(spacing: Space.tiny) {
                    Text(verbatim: words.what(logged.entry.event)).font(.headline).foregroundStyle(Palette.ink)
                    Note(words: Text(verbatim: locale.moment(logged.entry.at)))
                    if case .sending = logged.entry.event { Note(words: Text(verbatim: words.outcome(logged.outcome))) }
                }
            }
            .buttonStyle(.plain)
        }
        if !log.unauthenticatedRefusals.isEmpty, history.filter == .all || history.filter == .refused, history.party == nil {
            Note(words: Text("history_refused_unknown \(log.unauthenticatedRefusals.count + Int(log.olderRefusals))"))
        }
    }
}

/// Taking it along, and deleting it.
private struct CareView: View {
    @Environment(Model.self) private var model
    @Environment(\.locale) private var locale

    var body: some View {
        let history = model.history
        Heading(words: Text("history_care"))
        if !history.entries.isEmpty {
            Note(words: Text("history_export_about"))
            WideButton("history_export", .quiet) { await history.export(in: locale) }
                .disabled(history.work.isBusy)
            if history.isSaved { Notice(tone: .trusted, heading: Text("file_saved")) }
        }
        Confirmed("history_delete_all", warning: "history_delete_all_about", isBusy: history.work.isBusy) {
            await history.deleteAll()
        }
    }
}

/// What another wallet wrote down.
private struct PastView: View {
    let past: [PastTransaction]
    @Environment(Model.self) private var model
    @Environment(\.locale) private var locale

    var body: some View {
        let words = HistoryWords(words: model.words, locale: locale)
        Heading(words: Text("history_past"))
        Note(words: Text("history_past_about"))
        ForEach(Array(past.enumerated()), id: \.offset) { _, transaction in
            Card(spacing: Space.tiny) {
                Text(verbatim: words.what(transaction)).font(.headline).foregroundStyle(Palette.ink)
                Note(words: Text(verbatim: locale.moment(transaction.at)))
                if !transaction.completed { Note(words: Text("history_past_not_completed")) }
            }
            .accessibilityElement(children: .combine)
        }
    }
}
