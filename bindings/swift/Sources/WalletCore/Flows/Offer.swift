import WalletCoreBindings

/// A credential offer that the citizen looks at. Nothing was asked of the issuer yet but what it offers.
public final class Offer: Sendable {
    private let core: WalletCoreBindings.Offer

    init(_ core: WalletCoreBindings.Offer) {
        self.core = core
    }

    /// Who offers what.
    public func details() throws -> OfferDetails {
        try core.details()
    }

    /// Gets the credentials and checks them. They are kept only when the citizen agrees to the preview. Cancelling the
    /// task stops it, as if the app had ended.
    ///
    /// - Parameters:
    ///   - transactionCode: What the citizen typed, where `OfferDetails.txCode` asks for something.
    ///   - prompt: The sentence for the platform's dialog, in the citizen's language.
    /// - Throws: `WalletError`: `.txCodeNeeded` before anything is sent; `.grantRefused`, after which it may be tried again;
    ///   `.alreadyUsed`; and those of every check. `CancellationError`.
    public func accept(transactionCode: String? = nil, prompt: String) async throws -> Preview {
        let core = core
        return try await stoppable(stop: { try? core.cancel() }) {
            Preview(try await core.accept(txCode: transactionCode, prompt: prompt))
        }
    }
}
