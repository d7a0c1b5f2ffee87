import Observation
import WalletCore

/// From an offer to documents that are kept, or not.
@MainActor @Observable final class ReceivePresenter {
    enum State {
        case nothing
        /// Who offers what. Nothing was asked of the issuer but that.
        case offered(Offer, OfferDetails)
        /// What the issuer gave, checked and not yet kept; and whether the wallet has a document of the same kind already.
        case received(Preview, [PreviewCredential], isKnown: Bool)
        case kept(Int)
        case discarded
        /// Nothing came of it, and nothing more can.
        case failed(WalletError)
    }

    private(set) var state = State.nothing
    let work = Work()

    @ObservationIgnored private let navigator: Navigator
    @ObservationIgnored private let words: any Words

    /// What the wallet holds already.
    @ObservationIgnored var held: (@MainActor () -> [CredentialEntry])?
    /// Told when documents were kept.
    @ObservationIgnored var kept: (@MainActor () -> Void)?
    /// Opens the same link once more.
    @ObservationIgnored var retry: (@MainActor () async -> Void)?

    init(navigator: Navigator, words: any Words) {
        (self.navigator, self.words) = (navigator, words)
    }

    var isOffered: Bool {
        if case .offered = state { true } else { false }
    }

    /// Whether something waits for the citizen.
    var isUnderway: Bool {
        if case .received = state { true } else { isOffered }
    }

    /// Whether the same link may lead further another time.
    var canTryAgain: Bool {
        guard case .failed(let failure) = state else { return false }
        return failure.code == .promptCancelled || (try? codeDetails(code: failure.code).retryable) == true
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
        let credentials = try await preview.credentials()
        let held = Set((self.held?() ?? []).map(\.typeId))
        state = .received(preview, credentials, isKnown: credentials.contains { held.contains($0.typeId) })
    }

    func keep() async {
        await decide {
            let count = try await $0.keep().count
            kept?()
            return .kept(count)
        }
    }

    /// No, or not mine: the issuer is told, and the keys are deleted.
    func discard() async {
        await decide {
            try await $0.discard()
            return .discarded
        }
    }

    private func decide(_ how: @MainActor (Preview) async throws -> State) async {
        guard case .received(let preview, _, _) = state else { return }
        await work.run {
            do {
                state = try await how(preview)
            } catch let error as WalletError {
                if error.code == .locked { throw error }
                state = .failed(error)
            }
        }
    }

    /// Opens the same link once more.
    func again() async {
        leave()
        await retry?()
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
        .txCodeNeeded, .grantRefused, .locked, .promptCancelled, .networkUnreachable,
    ]
}
