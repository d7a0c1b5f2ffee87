import Observation
import WalletCore

/// One way in for every link, code and pasted text: the core decides what it is.
///
/// While the wallet is locked, or while something else waits for the citizen's decision, a link waits; the newest one
/// counts, since that is what the citizen did last.
@MainActor @Observable final class Links {
    private struct Link {
        let text: String
        let source: Source
    }

    private var waiting: Link?
    @ObservationIgnored private var followed: Link?

    /// The link of the offer that is shown. Nothing of an offer is in the vault before it is accepted, so it is followed again
    /// when the wallet was locked in between. It stays in memory: a link to an offer can be worth a document.
    @ObservationIgnored private var offered: Link?

    /// Opening a link, which asks the network.
    let work = Work()

    @ObservationIgnored private let session: Session
    @ObservationIgnored private let navigator: Navigator
    @ObservationIgnored private let receive: ReceivePresenter
    @ObservationIgnored private let share: SharePresenter

    init(session: Session, navigator: Navigator, receive: ReceivePresenter, share: SharePresenter) {
        (self.session, self.navigator, self.receive, self.share) = (session, navigator, receive, share)
    }

    var isWaiting: Bool { waiting != nil }

    func arrived(_ text: String, from source: Source) async {
        waiting = Link(text: text, source: source)
        await follow()
    }

    /// Follows the last link once more.
    func again() async {
        waiting = waiting ?? followed
        await follow()
    }

    /// Follows the link that waits, if nothing stands in its way any more.
    func follow() async {
        guard waiting != nil, !navigator.current.isOutside, !navigator.screens.contains(where: \.isDecision) else { return }
        await work.run {
            guard let next = waiting else { return }
            followed = next
            do {
                let found = try await session.present().open(next.text, from: next.source)
                waiting = nil
                if case .offer = found { offered = next }
                try await lead(to: found)
            } catch let error as WalletError where error.code == .locked || error.code == .vaultClosed {
                // It goes on once the wallet is unlocked; anything else is the end of it.
            } catch {
                waiting = nil
                throw error
            }
        }
    }

    /// Shows what a link led to.
    func lead(to found: Incoming) async throws {
        switch found {
        case .offer(let offer): try receive.begin(offer)
        case .preview(let preview): try await receive.resume(preview)
        case .request(let request): try await share.begin(request)
        }
    }

    /// The wallet locked itself: what was looked at is looked at again, unless something newer waits.
    func interrupted() {
        followed = nil
        if receive.isOffered, waiting == nil { waiting = offered }
        offered = nil
    }
}
