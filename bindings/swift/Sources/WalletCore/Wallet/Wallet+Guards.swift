import WalletCoreBindings

extension Wallet {
    /// The kinds of things that open this wallet. Known while it is locked, for the unlock screen.
    public func guards() async throws -> [GuardKind] {
        try await core.guards()
    }

    /// Adds a way to open the wallet, in place of the one of its kind, and leaves the wallet unlocked. Both secrets are
    /// wiped.
    ///
    /// - Parameters:
    ///   - authority: Something that opens the wallet now.
    ///   - prompt: The sentence for the platform's dialog, where there is one.
    /// - Throws: `WalletError`: those of `unlock` for `authority`; `.passphraseTooShort`, `.pinTooWeak`,
    ///   `.guardNeedsHardware`.
    public func setGuard(_ new: NewUnlock, authority: Unlock, prompt: String) async throws {
        defer {
            new.wipe()
            authority.wipe()
        }
        try await core.setGuard(authority: authority.core, new: new.core, prompt: prompt)
        changes.tell(.unlocked)
    }

    /// Makes a recovery key, in place of an older one. Show it once; the wallet does not know it afterwards.
    ///
    /// - Throws: `WalletError`: those of `unlock` for `authority`.
    public func makeRecoveryKey(authority: Unlock, prompt: String) async throws -> RecoveryKey {
        defer { authority.wipe() }
        let key = try await core.makeRecoveryKey(authority: authority.core, prompt: prompt)
        changes.tell(.unlocked)
        return key
    }

    /// Removes a way to open the wallet, and leaves the wallet unlocked.
    ///
    /// - Throws: `WalletError`: those of `unlock` for `authority`; `.guardMissing`; `.lastGuard` for the last one that does
    ///   not depend on this phone.
    public func removeGuard(_ kind: GuardKind, authority: Unlock, prompt: String) async throws {
        defer { authority.wipe() }
        try await core.removeGuard(authority: authority.core, kind: kind, prompt: prompt)
        changes.tell(.unlocked)
    }
}
