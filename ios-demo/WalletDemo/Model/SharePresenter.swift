import Observation
import WalletCore

/// A verifier's request: who asks for what, what the citizen agrees to, and what became of it.
@MainActor @Observable final class SharePresenter {
    /// A claim that would be shared.
    struct Item: Hashable {
        let credential: CredentialId
        let location: ClaimLocation
    }

    struct Asked {
        let details: RequestDetails
        /// What would be shared; `nil` when nothing answers the request.
        var choice: Choice?
        var warnings: [Warning]
        let sharedBefore: SharedBefore?
        /// Whether nobody can tell what they have seen.
        let historyIsBroken: Bool
        /// What the citizen tapped on to see it.
        var revealed: [Item: Claim] = [:]
        /// Whether the second, named approval was given, where one is needed.
        var isApproved = false

        /// An identity on no list needs an approval of its own, which nobody gives by accident.
        var needsApproval: Bool { details.verifier.verification == .unverified }

        var canShare: Bool { choice != nil && (isApproved || !needsApproval) }
    }

    enum State {
        case nothing
        case asked(Asked)
        case sent(to: String)
        case declined(String)
        /// Perhaps it arrived: it is never sent again by itself.
        case uncertain(String)
        case failed(WalletError)
    }

    private(set) var state = State.nothing
    /// Deciding and sending.
    let work = Work()
    /// Looking at an item, which holds no decision up.
    let looking = Work()

    @ObservationIgnored private var request: PresentationRequest?
    @ObservationIgnored private let navigator: Navigator
    @ObservationIgnored private let words: any Words

    init(navigator: Navigator, words: any Words) {
        (self.navigator, self.words) = (navigator, words)
    }

    func begin(_ request: PresentationRequest) async throws {
        let details = try request.details()
        let choice = details.canBeAnswered ? try request.least() : nil
        let warnings = try choice.map { try request.warnings(for: $0) } ?? []
        var before: SharedBefore?
        var historyIsBroken = false
        do {
            before = try await request.sharedBefore()
        } catch let error as WalletError where error.code == .historyBroken {
            historyIsBroken = true
        }
        self.request = request
        state = .asked(Asked(details: details, choice: choice, warnings: warnings, sharedBefore: before, historyIsBroken: historyIsBroken))
        navigator.push(.share)
    }

    /// Answers one question from another document, or with other claims.
    func choose(_ selection: Selection) async {
        guard case .asked(var asked) = state, let request else { return }
        let order = asked.details.questions.map(\.queryId)
        let others = (asked.choice?.selections ?? []).filter { $0.queryId != selection.queryId }
        let choice = Choice(selections: (others + [selection]).sorted {
            order.firstIndex(of: $0.queryId)! < order.firstIndex(of: $1.queryId)!
        })
        await work.run {
            asked.warnings = try request.warnings(for: choice)
            asked.choice = choice
            state = .asked(asked)
        }
    }

    func approve(_ yes: Bool) {
        guard case .asked(var asked) = state else { return }
        asked.isApproved = yes
        state = .asked(asked)
    }

    /// Shows the value of one item.
    func reveal(_ item: Item) async {
        guard let request else { return }
        await looking.run {
            let claim = try await request.reveal(item.location, of: item.credential)
            guard case .asked(var asked) = state else { return }
            asked.revealed[item] = claim
            state = .asked(asked)
        }
    }

    func share() async {
        guard case .asked(let asked) = state, let request, let choice = asked.choice, asked.canShare else { return }
        let verifier = asked.details.verifier.shownName
        await work.run {
            let consent = try request.consent(to: choice, acknowledging: asked.warnings)
            try await finish(verifier) {
                try await request.send(consent, prompt: words.share(with: verifier))
                return .sent(to: verifier)
            }
        }
    }

    func decline() async {
        guard case .asked(let asked) = state, let request else { return }
        let verifier = asked.details.verifier.shownName
        await work.run {
            try await finish(verifier) {
                try await request.decline()
                return .declined(verifier)
            }
        }
    }

    private func finish(_ verifier: String, _ call: @MainActor () async throws -> State) async throws {
        do {
            state = try await call()
        } catch let error as WalletError {
            switch error.code {
            // Nothing happened; the same question stands.
            case .locked, .promptCancelled: throw error
            case .networkInterrupted, .networkTimedOut: state = .uncertain(verifier)
            default: state = .failed(error)
            }
        }
    }

    func leave() {
        forget()
        navigator.start(.documents)
    }

    /// Forgets what was shown.
    func forget() {
        request = nil
        state = .nothing
        work.clear()
        looking.clear()
    }
}
