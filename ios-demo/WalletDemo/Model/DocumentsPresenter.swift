import Observation
import WalletCore

/// What the wallet holds and what it did.
@MainActor @Observable final class DocumentsPresenter {
    let work = Work()

    /// `nil` while the wallet is locked.
    private(set) var credentials: CredentialList?
    /// `nil` while the wallet is locked.
    private(set) var history: History?
    /// Why one of the two cannot be shown.
    private(set) var failure: WalletError?
    /// The document that is looked at; `nil` until it is read.
    private(set) var document: CredentialDetails?

    @ObservationIgnored private let session: Session
    @ObservationIgnored private let navigator: Navigator
    @ObservationIgnored private var following: [Task<Void, Never>] = []

    init(session: Session, navigator: Navigator) {
        (self.session, self.navigator) = (session, navigator)
    }

    /// Follows what is in this wallet from now on, and no other.
    func observe(_ wallet: Wallet) {
        following.forEach { $0.cancel() }
        failure = nil
        following = [
            follow(wallet.credentialLists()) { $0.credentials = $1 },
            follow(wallet.histories()) { $0.history = $1 },
        ]
    }

    private func follow<T: Sendable>(
        _ changes: AsyncThrowingStream<T, any Error>, _ show: @escaping @MainActor (DocumentsPresenter, T) -> Void
    ) -> Task<Void, Never> {
        Task { [weak self] in
            do {
                for try await now in changes {
                    guard let self else { return }
                    show(self, now)
                }
            } catch {
                self?.failure = error as? WalletError
            }
        }
    }

    func open(_ id: CredentialId) async {
        document = nil
        navigator.push(.document(id))
        await work.run { document = try await session.present().credential(id) }
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
        (credentials, history, document) = (nil, nil, nil)
        work.clear()
    }
}
