import WalletCoreBindings

extension Wallet {
    /// Opens a link, a scanned code or a pasted text. The same link again resumes the same flow: a request is fetched only
    /// once. Cancelling the task stops it, and with it all other links that this wallet is opening.
    ///
    /// - Throws: `WalletError`: `.locked`, before anything is fetched; `.linkNotUnderstood`; those of the offer or request,
    ///   which the history then names. `CancellationError`.
    public func open(_ link: String, from source: Source) async throws -> Incoming {
        let core = core
        return try await stoppable(stop: { try? core.cancelOpening() }) {
            Incoming(try await core.openLink(link: link, source: source))
        }
    }

    /// Says no to a verifier's link: `access_denied`, or what is wrong with its request. Nobody is told anything whose
    /// signature and address were not verified. It runs to its end.
    ///
    /// - Throws: `WalletError`: those of the request when there is nobody that may be told; those of the network.
    @discardableResult
    public func decline(_ link: String, from source: Source) async throws -> Receipt {
        try await core.decline(link: link, source: source)
    }

    /// The flows that wait for the citizen.
    ///
    /// - Throws: `WalletError`: `.locked`, and those of a damaged vault.
    public func pending() async throws -> [PendingEntry] {
        try await core.pending()
    }

    /// Opens a waiting flow again. Cancelling the task stops it, as with `open`.
    ///
    /// - Throws: `WalletError`: `.flowUnknown`, and those of `open`. `CancellationError`.
    public func resume(_ id: CredentialId) async throws -> Incoming {
        let core = core
        return try await stoppable(stop: { try? core.cancelOpening() }) { Incoming(try await core.resume(id: id)) }
    }

    /// Forgets a waiting flow without telling anyone. One that is being sent stays until its outcome is known.
    ///
    /// - Throws: `WalletError`: `.flowUnknown`, `.alreadySending`.
    public func abandon(_ id: CredentialId) async throws {
        try await core.abandon(id: id)
    }
}

extension Incoming {
    init(_ core: WalletCoreBindings.Incoming) {
        self = switch core {
        case .offer(let offer): .offer(Offer(offer))
        case .preview(let preview): .preview(Preview(preview))
        case .request(let request): .request(PresentationRequest(request))
        }
    }
}
