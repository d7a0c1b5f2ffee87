import Observation
import WalletCore

/// Asks the issuers' status lists which documents they revoked or suspended, and keeps what the citizen has not been told of it
/// (ARF VCR_19). The core knows how long a list is good for: most looks ask nobody.
///
/// It looks after an unlock, after documents were kept, and when the documents come into sight; never because a verifier asks,
/// nor on the way back from one: the issuer would learn from that when something is shown.
@MainActor @Observable final class StatusWatch {
    /// The documents that were revoked, suspended, or count again, since the citizen last read such news. It stays when the
    /// wallet locks.
    private(set) var news: Set<CredentialId> = []

    /// Told when a list could not be had: what is known of some documents may be too old by now.
    @ObservationIgnored var missed: (@MainActor (Wallet) -> Void)?

    /// The wallet that the app has opened. A look opens none: it may still be at it when the app goes to the background, where the
    /// file must stay closed.
    @ObservationIgnored var opened: (@MainActor () -> Wallet?)?

    @ObservationIgnored private var isLooking = false
    @ObservationIgnored private var looksAgain = false

    /// The screen changed.
    func moved(from before: Screen, to now: Screen) {
        if now == .documents, before != .documents, before != .share { look() }
    }

    /// Looks. Nobody waits for it, and when it fails what was known stays. Where it looks already, it looks once more afterwards,
    /// since there may be new documents.
    func look() {
        looksAgain = isLooking
        guard !isLooking else { return }
        isLooking = true
        Task {
            defer { isLooking = false }
            repeat {
                looksAgain = false
                do {
                    try await refresh()
                } catch {
                    // The wallet was locked or closed meanwhile, or is damaged, which the list of documents says itself.
                }
            } while looksAgain
        }
    }

    private func refresh() async throws {
        guard let wallet = opened?() else { return }
        let before = try await wallet.withdrawn()
        let refresh = try await wallet.refreshStatuses()
        // Whatever is looked up for the first time has changed as well; that it counts is no news.
        if !refresh.changed.isEmpty { news.formUnion(try await before.union(wallet.withdrawn()).intersection(refresh.changed)) }
        if !refresh.failed.isEmpty { missed?(wallet) }
    }

    /// The citizen has read the news.
    func told() {
        news = []
    }
}

extension Wallet {
    fileprivate func withdrawn() async throws -> Set<CredentialId> {
        Set(try await credentials().entries.filter(\.status.isWithdrawn).map(\.id))
    }
}

extension CredentialStatus {
    /// Whether who issued it took it back, for now or for good.
    var isWithdrawn: Bool { standing == .revoked || standing == .suspended }

    /// Whether nobody can tell whether it counts.
    var isUnconfirmed: Bool { standing == .unknown || outdated }
}
