import Observation
import WalletCore

/// From an offer to documents that are kept, or not.
@MainActor @Observable final class ReceivePresenter {
    enum State {
        case nothing
        /// Who offers what. Nothing was asked of the issuer but that.
        case offered(Offer, OfferDetails)
        /// What the issuer gave, checked and not yet kept.
        case received(Preview, [PreviewCredential])
        case kept(Int)
        case discarded
        /// Nothing came of it, and nothing more can.
        case failed(WalletError)
    }

    private(set) var state = State.nothing
    let work = Work()

    @ObservationIgnored private let navigator: Navigator
    @ObservationIgnored private let words: any Words

    init(navigator: Navigator, words: any Words) {
        (self.navigator, self.words) = (navigator, words)
    }

    var isOffered: Bool {
        if case .offered = state { true } else { false }
    }

    func begin(_ offer: Offer) throws {
        state = .offered(offer, try offer.details())
        navigator.push(.receive)
    }

    /// Something that was received before and still waits for a yes.
    func resume(_ preview: Preview) async throws {
        try await show(preview)
        navigator.push(.receive)
    }

    func accept(transactionCode: String?) async {
        guard case .offered(let offer, _) = state else { return }
        await work.run {
            do {
                try await show(offer.accept(transactionCode: transactionCode, prompt: words.receive))
            } catch let error as WalletError {
                if !Self.again.contains(error.code) { state = .failed(error) }
                throw error
            }
        }
    }

    private func show(_ preview: Preview) async throws {
        state = .received(preview, try await preview.credentials())
    }

    func keep() async {
        await decide { .kept(try await $0.keep().count) }
    }

    /// No, or not mine: the issuer is told, and the keys are deleted.
    func discard() async {
        await decide {
            try await $0.discard()
            return .discarded
        }
    }

    private func decide(_ how: @MainActor (Preview) async throws -> State) async {
        guard case .received(let preview, _) = state else { return }
        await work.run {
            do {
                state = try await how(preview)
            } catch let error as WalletError {
                if error.code == .locked { throw error }
                state = .failed(error)
            }
        }
    }

    /// Leaves. An offer that was not accepted is forgotten; what was received goes on waiting.
    func leave() {
        forget()
        navigator.start(.documents)
    }

    /// Forgets what was shown.
    func forget() {
        state = .nothing
        work.clear()
    }

    /// After these the same offer can be accepted again.
    private static let again: Set<Code> = [
        .txCodeNeeded, .grantRefused, .locked, .promptCancelled, .networkUnreachable, .networkTimedOut,
    ]
}
