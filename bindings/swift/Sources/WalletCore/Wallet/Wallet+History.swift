import WalletCoreBindings

extension Wallet {
    /// The whole history; its chain is checked.
    ///
    /// - Throws: `WalletError`: `.historyBroken`, `.locked`.
    public func history() async throws -> History {
        try await core.history()
    }

    /// What a verifier has seen before, by its identifier (`client_id`); `nil` when nothing that the history still knows
    /// of.
    ///
    /// - Throws: `WalletError`: `.historyBroken`, `.locked`.
    public func sharedBefore(with verifier: String) async throws -> SharedBefore? {
        try await core.sharedBefore(verifier: verifier)
    }

    /// Deletes entries by their numbers, an answer together with how it ended. That they were deleted stays.
    ///
    /// - Throws: `WalletError`: `.notFound`, `.deletionRecordStays`, `.alreadySending`, `.historyBroken`, `.locked`; then
    ///   nothing is deleted.
    @discardableResult
    public func deleteHistory(_ numbers: [UInt64]) async throws -> HistoryDeletion {
        try await core.deleteHistory(numbers: numbers)
    }

    /// Deletes all entries but those that say what was deleted.
    ///
    /// - Throws: As `deleteHistory`.
    @discardableResult
    public func deleteWholeHistory() async throws -> HistoryDeletion {
        try await core.deleteWholeHistory()
    }
}
