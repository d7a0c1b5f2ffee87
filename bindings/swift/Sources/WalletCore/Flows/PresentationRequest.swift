import WalletCoreBindings

/// A verifier's request, authenticated and checked, that waits for the citizen. It is answered once.
public final class PresentationRequest: Sendable {
    private let core: WalletCoreBindings.PresentationRequest

    init(_ core: WalletCoreBindings.PresentationRequest) {
        self.core = core
    }

    /// Who asks for what, and what could answer it.
    public func details() throws -> RequestDetails {
        try core.details()
    }

    /// The choice that discloses least, to begin with; nothing wider is ever suggested.
    ///
    /// - Throws: `WalletError`: `.nothingMatches`.
    public func least() throws -> Choice {
        try core.least()
    }

    /// What the citizen must know before saying yes to this choice.
    public func warnings(for choice: Choice) throws -> [Warning] {
        try core.warnings(choice: choice)
    }

    /// What this verifier has seen before; `nil` when nothing that the history still knows of.
    ///
    /// - Throws: `WalletError`: `.historyBroken`, `.locked`.
    public func sharedBefore() async throws -> SharedBefore? {
        try await core.sharedBefore()
    }

    /// One claim of a candidate, for the consent screen; `nil` where it has none at that place.
    ///
    /// - Throws: `WalletError`: `.locked`, `.notFound`, and those of a damaged vault.
    public func reveal(_ location: ClaimLocation, of credential: CredentialId) async throws -> Claim? {
        try await core.reveal(credential: credential, location: location)
    }

    /// Makes the citizen's yes to this choice.
    ///
    /// - Parameter acknowledged: The warnings that were shown.
    /// - Throws: `WalletError`: `.consentMismatch` for what was not offered, `.choiceNeeded`, `.noFreshCopy`,
    ///   `.warningNotAcknowledged`, `.locked`.
    public func consent(to choice: Choice, acknowledging acknowledged: [Warning]) throws -> Consent {
        try core.consent(choice: choice, acknowledged: acknowledged.map { try warningId(warning: $0) })
    }

    /// Sends what was agreed to. Cancelling the task stops it, as if the app had ended: whether an answer arrived that was
    /// on its way is then not known, and the history says so after the next unlock.
    ///
    /// - Parameter prompt: The sentence for the platform's dialog, in the citizen's language.
    /// - Throws: `WalletError`: `.alreadyUsed`, `.consentMismatch`, `.consentExpired`, `.noFreshCopy`, `.promptCancelled`,
    ///   `.verifierRefused`, and those of the network. `CancellationError`.
    @discardableResult
    public func send(_ consent: Consent, prompt: String) async throws -> Receipt {
        let core = core
        return try await stoppable(stop: { try? core.cancel() }) {
            try await core.send(consent: consent, prompt: prompt)
        }
    }

    /// Says no. The verifier gets `access_denied`, the same whether the citizen will not or has nothing that fits.
    ///
    /// - Throws: `WalletError`: `.alreadyUsed`, `.flowUnknown`, `.locked`, `.verifierRefused`, and those of the network.
    ///   `CancellationError`.
    @discardableResult
    public func decline() async throws -> Receipt {
        let core = core
        return try await stoppable(stop: { try? core.cancel() }) { try await core.decline() }
    }
}
