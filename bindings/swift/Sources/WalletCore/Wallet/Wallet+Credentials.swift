import WalletCoreBindings

extension Wallet {
    /// Everything the wallet holds, without claims.
    ///
    /// - Throws: `WalletError`: `.locked`; `.manifestDamaged` when nothing at all can be proven.
    public func credentials() async throws -> CredentialList {
        try await core.credentials()
    }

    /// One credential with its claims.
    ///
    /// - Throws: `WalletError`: `.notFound`, `.locked`, and those of a damaged vault.
    public func credential(_ id: CredentialId) async throws -> CredentialDetails {
        try await core.credential(id: id)
    }

    /// How well a credential's keys are protected: the weakest of what was obtained for its copies. `nil` when no copy has a
    /// key any more, so that it is to be asked for again.
    ///
    /// - Throws: `WalletError`: `.notFound`, `.locked`, and those of a damaged vault.
    public func keyProtection(_ id: CredentialId) async throws -> KeyProtection? {
        try await core.keyProtection(id: id)
    }

    /// Reads the status lists again that are older than they may be, and learns which credentials their issuers revoked or
    /// suspended. Where none is due, nothing is fetched. Call it after an unlock, after keeping credentials, and now and then
    /// while the wallet is open; never because a verifier asks, since the fetch would tell the issuer of it. A list that
    /// cannot be had is no error: `StatusRefresh.failed`.
    ///
    /// - Throws: `WalletError`: `.locked`, and those of a damaged vault.
    @discardableResult
    public func refreshStatuses() async throws -> StatusRefresh {
        try await core.refreshStatuses()
    }

    /// Deletes a credential with all its copies and keys. The history says that it was deleted.
    ///
    /// - Throws: `WalletError`: `.notFound`, `.locked`, and those of a damaged vault; then nothing is deleted.
    @discardableResult
    public func delete(_ id: CredentialId) async throws -> Deletion {
        try await core.delete(id: id)
    }

    /// Looks at everything in the vault and says what is damaged, without saying what was in it. Slow in a large vault; it
    /// changes nothing.
    ///
    /// - Throws: `WalletError`: `.locked`, and those of the storage; damage is no error.
    public func check() async throws -> Checkup {
        try await core.check()
    }
}
