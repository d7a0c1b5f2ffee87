import Foundation
import Observation
import WalletCore

/// What the wallet did: all of it or a part, one entry, taking it along, deleting it.
@MainActor @Observable final class HistoryPresenter {
    enum Filter: CaseIterable { case all, shared, refused, received }

    /// `nil` while the wallet is locked, or until it is read.
    private(set) var log: History?
    private(set) var filter = Filter.all
    /// The one party whose entries are shown; `nil` for everybody's.
    private(set) var party: Party?
    /// What other wallets wrote down, taken over from them, the newest first; this wallet verified nothing of it.
    private(set) var past: [PastTransaction] = []
    /// Whether what is shown was just saved into a file.
    private(set) var isSaved = false
    /// Why it cannot be shown.
    private(set) var failure: WalletError?
    let work = Work()

    @ObservationIgnored private let session: Session
    @ObservationIgnored private let navigator: Navigator
    @ObservationIgnored private let files: PickedFiles
    @ObservationIgnored private let words: any Words
    @ObservationIgnored private var following: Task<Void, Never>?

    init(session: Session, navigator: Navigator, files: PickedFiles, words: any Words) {
        (self.session, self.navigator, self.files, self.words) = (session, navigator, files, words)
    }

    /// The newest first. An outcome stands with what it is the outcome of.
    var entries: [LoggedEntry] {
        (log?.entries ?? []).reversed().filter { logged in
            if case .outcome = logged.entry.event { return false }
            return logged.fits(filter) && (party == nil || logged.entry.event.party?.identifier == party?.identifier)
        }
    }

    func entry(_ number: UInt64) -> LoggedEntry? {
        log?.entries.first { $0.number == number }
    }

    /// Follows this wallet's history from now on, and no other's.
    func observe(_ wallet: Wallet) {
        following?.cancel()
        failure = nil
        following = Task { [weak self] in
            do {
                for try await log in wallet.histories() { self?.log = log }
            } catch {
                self?.failure = error as? WalletError
            }
        }
    }

    func open() async {
        work.clear()
        (filter, party, past, isSaved) = (.all, nil, [], false)
        navigator.push(.history)
        await work.run { past = try await session.present().importedHistory().sorted { $0.at > $1.at } }
    }

    func show(_ filter: Filter) {
        (self.filter, isSaved) = (filter, false)
    }

    func showOnly(_ party: Party) {
        (self.party, filter, isSaved) = (party, .all, false)
        navigator.back()
    }

    func showEverybody() {
        (party, isSaved) = (nil, false)
    }

    func look(_ number: UInt64) {
        work.clear()
        navigator.push(.historyEntry(number))
    }

    /// Deletes one entry, with how it ended. That something was deleted stays.
    func delete(_ number: UInt64) async {
        await work.run {
            try await session.present().deleteHistory([number])
            navigator.back()
        }
    }

    func deleteAll() async {
        await work.run {
            try await session.present().deleteWholeHistory()
            (filter, party, isSaved) = (.all, nil, false)
        }
    }

    /// Saves what is shown, where the citizen wants it.
    func export(in locale: Locale) async {
        let text = HistoryWords(words: words, locale: locale).text(entries)
        await work.run { isSaved = try await files.save(Data(text.utf8), named: words.text("history_file")) }
    }

    /// Forgets what was shown.
    func forget() {
        (log, past, party) = (nil, [], nil)
        work.clear()
    }
}

extension HistoryEvent {
    /// The other party, where there is one.
    var party: Party? {
        switch self {
        case .received(let issuer, _), .notReceived(let issuer, _), .credentialDeleted(let issuer, _, _): issuer
        case .sending(let verifier, _, _, _, _), .declined(let verifier, _, _), .refused(let verifier, _): verifier
        case .entriesDeleted, .moved, .outcome: nil
        }
    }
}

extension LoggedEntry {
    /// What may have arrived counts both as shared and as failed: nobody should miss it.
    fileprivate func fits(_ filter: HistoryPresenter.Filter) -> Bool {
        switch (filter, entry.event) {
        case (.all, _), (.received, .received), (.refused, .declined), (.refused, .refused), (.refused, .notReceived): true
        case (.shared, .sending): if case .notSent? = outcome { false } else { true }
        case (.refused, .sending): if case .sent? = outcome { false } else { true }
        default: false
        }
    }
}
