import Foundation
import Observation
import WalletCore

/// A verifier's request: who asks for what, what the citizen agrees to, and what became of it.
@MainActor @Observable final class SharePresenter {
    /// A claim that would be shared.
    struct Item: Hashable {
        let credential: CredentialId
        let location: ClaimLocation
    }

    /// What is not agreed to by the way: each needs a yes of its own, which nobody gives by accident (ARF RPA_07b).
    enum Approval: Hashable {
        /// An identity that is on no list.
        case unknownName
        /// A registration that could not be confirmed.
        case unconfirmedRegistration
        /// More than they are registered to ask for.
        case moreThanRegistered

        /// The one that a warning calls for, if it does.
        init?(_ warning: Warning) {
            switch warning {
            case .verifierUnverified: self = .unknownName
            case .registrationInvalid: self = .unconfirmedRegistration
            case .asksForMore: self = .moreThanRegistered
            default: return nil
            }
        }
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
        /// The second, named approvals that were given.
        var approved: Set<Approval> = []

        /// The second approvals that this choice needs, each with what has to be known before it.
        var approvals: [(approval: Approval, warning: Warning)] {
            var needed: [(approval: Approval, warning: Warning)] = []
            for warning in warnings {
                guard let approval = Approval(warning), !needed.contains(where: { $0.approval == approval }) else { continue }
                needed.append((approval, warning))
            }
            return needed
        }

        var canShare: Bool { choice != nil && approved.isSuperset(of: approvals.map(\.approval)) }
    }

    enum State {
        case nothing
        case asked(Asked)
        /// Where the verifier wants the citizen to go on, in the browser that they came from.
        case sent(to: String, goOn: URL?)
        /// Whether the verifier was told, as far as that is known.
        case declined(String, isHeard: Bool)
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
            // A yes to one choice is none to another.
            asked.approved = []
            state = .asked(asked)
        }
    }

    /// Whether a question waits for the citizen.
    var isUnderway: Bool {
        if case .asked = state { true } else { false }
    }

    func approve(_ approval: Approval, _ yes: Bool) {
        guard case .asked(var asked) = state else { return }
        if yes { asked.approved.insert(approval) } else { asked.approved.remove(approval) }
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
            try await finish(brokenOff: .uncertain(verifier)) {
                let receipt = try await request.send(consent, prompt: words.share(with: verifier))
                return .sent(to: verifier, goOn: receipt.redirectUri.flatMap { URL(string: $0) })
            }
        }
    }

    func decline() async {
        guard case .asked(let asked) = state, let request else { return }
        let verifier = asked.details.verifier.shownName
        await work.run {
            try await finish(brokenOff: .declined(verifier, isHeard: false)) {
                try await request.decline()
                return .declined(verifier, isHeard: true)
            }
        }
    }

    /// - Parameter brokenOff: What it is when the connection was lost.
    private func finish(brokenOff: State, _ call: @MainActor () async throws -> State) async throws {
        do {
            state = try await call()
        } catch let error as WalletError {
            switch error.code {
            // Nothing happened; the same question stands.
            case .locked, .promptCancelled: throw error
            case .networkInterrupted, .networkTimedOut: state = brokenOff
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
