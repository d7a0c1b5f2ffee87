import Observation
import WalletCore

/// What the wallet holds.
@MainActor @Observable final class DocumentsPresenter {
    /// A document that is looked at.
    struct Shown {
        let details: CredentialDetails
        /// How well its keys are protected; `nil` when it has none any more.
        let protection: KeyProtection?
    }

    let work = Work()

    /// `nil` while the wallet is locked.
    private(set) var credentials: CredentialList?
    /// What has to be asked for again: it was in another wallet, or a backup could not bring it back.
    private(set) var toReissue: [ReissueEntry] = []
    /// Why they cannot be shown.
    private(set) var failure: WalletError?
    /// `nil` until it is read.
    private(set) var document: Shown?

    @ObservationIgnored private let session: Session
    @ObservationIgnored private let navigator: Navigator
    @ObservationIgnored private var following: Task<Void, Never>?

    init(session: Session, navigator: Navigator) {
        (self.session, self.navigator) = (session, navigator)
    }

    /// Follows what is in this wallet from now on, and no other.
    func observe(_ wallet: Wallet) {
        following?.cancel()
        failure = nil
        following = Task { [weak self] in
            do {
                for try await list in wallet.credentialLists() {
                    let waiting = list == nil ? [] : try await Self.waiting(wallet)
                    guard let self, !Task.isCancelled else { return }
                    (credentials, toReissue) = (list, waiting)
                }
            } catch {
                self?.failure = error as? WalletError
            }
        }
    }

    /// Nothing when the wallet locked itself in between, or was closed.
    private static func waiting(_ wallet: Wallet) async throws -> [ReissueEntry] {
        do {
            return try await wallet.toReissue()
        } catch let error as WalletError where error.code == .locked || error.code == .vaultClosed {
            return []
        }
    }

    func open(_ id: CredentialId) async {
        document = nil
        navigator.push(.document(id))
        await work.run {
            let wallet = try await session.present()
            document = Shown(details: try await wallet.credential(id), protection: try await wallet.keyProtection(id))
        }
    }

    /// What the list says of a document now; `nil` when it is in it no more.
    func entry(_ id: CredentialId) -> CredentialEntry? {
        credentials?.entries.first { $0.id == id }
    }

    /// Whether its time is over: who issued it does not stand for it any more.
    func isOver(_ entry: CredentialEntry) -> Bool {
        guard let until = entry.validUntil, let now = try? session.now() else { return false }
        return until <= now
    }

    /// Takes one from the list of what to ask for again.
    func dismiss(_ id: CredentialId) async {
        await work.run {
            let wallet = try await session.present()
            try await wallet.dismissReissue(id)
            toReissue = try await wallet.toReissue()
        }
    }

    func delete(_ id: CredentialId) async {
        await work.run {
            try await session.present().delete(id)
            document = nil
            navigator.start(.documents)
        }
    }

    /// Forgets what was shown.
    func forget() {
        (credentials, toReissue, document) = (nil, [], nil)
        work.clear()
    }
}
