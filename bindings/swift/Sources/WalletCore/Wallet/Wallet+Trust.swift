import WalletCoreBindings

extension Wallet {
    /// Adds the certificates of a PEM text to a list. Those that are on it already stay once.
    ///
    /// - Parameter source: Says for people where they came from.
    /// - Returns: How many were added.
    /// - Throws: `WalletError`: `.anchorInvalid` and others when one of them cannot be an anchor; then none is added.
    @discardableResult
    public func addTrustAnchors(_ pem: String, to list: ListName, source: String) async throws -> UInt64 {
        try await core.addTrustAnchors(list: list, pemText: pem, source: source)
    }

    /// All authorities on all lists.
    ///
    /// - Throws: `WalletError`: `.locked`, and those of a damaged vault.
    public func trustedAuthorities() async throws -> [TrustedAuthority] {
        try await core.trustedAuthorities()
    }
}
