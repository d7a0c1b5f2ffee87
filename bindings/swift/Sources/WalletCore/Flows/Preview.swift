import WalletCoreBindings

/// What an issuance would put into the wallet. It survives a restart until the citizen decides.
public final class Preview: Sendable {
    private let core: WalletCoreBindings.Preview

    init(_ core: WalletCoreBindings.Preview) {
        self.core = core
    }

    /// What would be kept.
    ///
    /// - Throws: `WalletError`: `.flowUnknown` when the flow is over or expired; `.locked`.
    public func credentials() async throws -> [PreviewCredential] {
        try await core.credentials()
    }

    /// Keeps everything: all credentials with all copies, or none. It runs to its end.
    ///
    /// - Returns: The ids of the credentials.
    /// - Throws: `WalletError`: `.alreadyUsed`, `.flowUnknown`, and those of the checks, which run again.
    @discardableResult
    public func keep() async throws -> [CredentialId] {
        try await core.keep()
    }

    /// Throws everything away, the keys too. It runs to its end.
    ///
    /// - Throws: `WalletError`: `.alreadyUsed`, `.flowUnknown`.
    public func discard() async throws {
        try await core.discard()
    }
}
