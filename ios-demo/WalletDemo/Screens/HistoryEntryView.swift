import SwiftUI
import WalletCore

/// All that the wallet remembers of one thing that happened.
struct HistoryEntryView: View {
    let number: UInt64
    @Environment(Model.self) private var model
    @Environment(\.locale) private var locale

    var body: some View {
        let (history, words) = (model.history, HistoryWords(words: model.words, locale: locale))
        Page(Text("history_entry"), back: { model.navigator.back() }, isBusy: history.work.isBusy) {
            Problem(history.work.failure)
            if let logged = history.entry(number) {
                let event = logged.entry.event
                Card {
                    Text(verbatim: words.what(event)).font(.headline).foregroundStyle(Palette.ink)
                    ForEach(Array(words.about(logged).enumerated()), id: \.offset) { _, line in
                        Text(verbatim: line).foregroundStyle(Palette.ink)
                    }
                }
                if let party = event.party {
                    PartyView(party: party)
                    WideButton("history_show_only \(party.shownName)", .quiet) { history.showOnly(party) }
                }
                if case .entriesDeleted = event {
                    // What says that something was deleted stays, or nobody would notice that something is missing.
                    Note(words: Text("history_stays"))
                } else {
                    Confirmed("history_delete", warning: "history_delete_about", isBusy: history.work.isBusy) {
                        await history.delete(number)
                    }
                }
            }
        }
    }
}
