import Observation
import WalletCore

/// Looks up whether the documents still count, and holds what the citizen has to be told of it (ARF VCR_19).
///
/// Only ever after something the citizen did in the wallet: whoever publishes a list would learn from a look at it that
/// somebody asks for a document.
@MainActor @Observable final class StatusWatch {
    /// A document that counts no more, or counts again.
    struct Change: Equatable {
        let credential: CredentialId
        let standing: Standing
    }

    /// What is new since the citizen read the last of it. It stays when the wallet locks: it is told once.
    private(set) var changes: [Change] = []

    /// Told when a list could not be had: what is known of its documents may be too old by now.
    @ObservationIgnored var failed: (@MainActor (Wallet) -> Void)?

    @ObservationIgnored private let session: Session
    @ObservationIgnored private var isLooking = false
    @ObservationIgnored private var looksAgain = false

    init(session: Session) {
        self.session = session
    }

    /// Looks up what is due. A look that is asked for during another comes after it: there may be new documents.
    func look() async {
        looksAgain = isLooking
        guard !isLooking else { return }
        isLooking = true
        defer { isLooking = false }
        repeat {
            looksAgain = false
            do {
                try await lookOnce()
            } catch {
                // It is locked or damaged, which its screens say; the next look comes by itself.
            }
        } while looksAgain
    }

    private func lookOnce() async throws {
        let wallet = try await session.present()
        let before = try await wallet.standings()
        let refresh = try await wallet.refreshStatuses()
        if !refresh.failed.isEmpty { failed?(wallet) }
        guard !refresh.changed.isEmpty else { return }
        let now = try await wallet.standings()
        for credential in refresh.changed {
            changes.removeAll { $0.credential == credential }
            guard let standing = now[credential] else { continue }
            if standing.isWithdrawn || (standing == .valid && before[credential]?.isWithdrawn == true) {
                changes.append(Change(credential: credential, standing: standing))
            }
        }
    }

    /// The citizen has read what changed.
    func read() {
        changes = []
    }
}

extension Wallet {
    fileprivate func standings() async throws -> [CredentialId: Standing] {
        Dictionary(uniqueKeysWithValues: try await credentials().entries.map { ($0.id, $0.status.standing) })
    }
}

extension Standing {
    /// Whether its issuer took it back, for now or for good.
    var isWithdrawn: Bool { self == .suspended || self == .revoked }
}

extension CredentialStatus {
    /// Whether it is not known that it counts.
    var isUnconfirmed: Bool { standing == .unknown || (outdated && !standing.isWithdrawn) }
}
