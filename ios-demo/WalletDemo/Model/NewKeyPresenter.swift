import Foundation
import Observation
import WalletCore

/// A new recovery key while it is seen, the only time: written down, printed or saved, and confirmed.
@MainActor @Observable final class NewKeyPresenter {
    /// While they are shown; then nobody has them any more but the citizen.
    private(set) var shown: RecoveryGroups?
    /// The groups that were typed wrongly, from 0.
    private(set) var wrong: Set<Int> = []
    /// Whether it was saved into a file.
    private(set) var isSaved = false
    let work = Work()

    @ObservationIgnored private var confirmed: (@MainActor () async throws -> Void)?
    @ObservationIgnored private let navigator: Navigator
    @ObservationIgnored private let files: PickedFiles
    @ObservationIgnored private let words: any Words

    init(navigator: Navigator, files: PickedFiles, words: any Words) {
        (self.navigator, self.files, self.words) = (navigator, files, words)
    }

    /// Shows `key`; what comes when it is confirmed is `then`.
    func show(_ key: RecoveryKey, then: @escaping @MainActor () async throws -> Void) throws {
        shown = try RecoveryGroups(key)
        (wrong, isSaved, confirmed) = ([], false, then)
        work.clear()
        navigator.start(.showRecoveryKey)
    }

    /// The key as a page for a printer or a file.
    var sheet: Sheet? {
        shown.map { Sheet(recoveryKey: $0.groups, words: words) }
    }

    func save() async {
        guard let sheet else { return }
        await work.run {
            if try await files.save(Data(sheet.text.utf8), named: words.text("recovery_file")) { isSaved = true }
        }
    }

    func writtenDown() {
        navigator.push(.confirmRecoveryKey)
    }

    /// Compares what was typed for the asked groups.
    func confirm(_ typed: [String]) async {
        guard let shown else { return }
        wrong = shown.wrong(typed)
        guard wrong.isEmpty else { return }
        await work.run {
            try await confirmed?()
            self.shown = nil
        }
    }
}
