import WalletCoreBindings

extension Wallet {
    /// Unlocks, and sets right what an earlier end of the app left. The secret is wiped.
    ///
    /// - Parameter prompt: The sentence for the platform's dialog, where there is one. What follows within a minute needs
    ///   no second one.
    /// - Throws: `WalletError`: `.passphraseWrong`, `.recoveryKeyWrong`; `.pinWrong` with the attempts that are left,
    ///   `.pinWait`, `.pinLocked`; `.guardMissing`, `.promptCancelled`, `.keyDidNotTravel`; `.vaultRolledBack` and others of
    ///   a damaged vault.
    public func unlock(with unlock: Unlock, prompt: String) async throws {
        defer { unlock.wipe() }
        try await core.unlock(with: unlock.core, prompt: prompt)
        changes.tell(.unlocked)
    }

    /// Wipes all keys from memory at once, whatever is going on. Requests and previews that were open end with `.locked`
    /// and can be opened again by their links after unlocking.
    public func lock() throws {
        try core.lock()
    }

    /// When it will lock itself if it is not used before, in milliseconds since boot (`Moment.sinceBootMs`), for a timer;
    /// `nil` while it is locked, or when it never does.
    public var lockAt: UInt64? {
        get throws { try core.lockAt() }
    }

    /// Whether it is unlocked.
    public var isUnlocked: Bool {
        get throws { try core.isUnlocked() }
    }
}
