import Foundation
import Testing
import WalletCore
import WalletCoreTesting

@Suite struct PresentingTests {
    struct Step: Sendable, CustomTestStringConvertible {
        let side: Pilot.Side
        let query: String
        var mode = "direct_post.jwt"
        /// The query that the citizen picks, where there is a choice.
        var pick: String?
        let answers: String
        /// Claims that must arrive, and no others; of an mdoc those of its only name space.
        let claims: [String]
        var namespace: String?
        var testDescription: String { "\(query) \(mode) \(pick ?? "")" }
    }

    static let steps = [
        Step(side: .eu, query: "eu-pid-sd-jwt", answers: "pid", claims: ["family_name", "nationalities"]),
        Step(side: .eu, query: "eu-pid-mdoc", answers: "pid", claims: ["family_name", "nationality"], namespace: "eu.europa.ec.eudi.pid.1"),
        Step(side: .ca, query: "ca-age-19", answers: "mdl", claims: ["age_over_19"], namespace: "org.iso.18013.5.1"),
        Step(side: .ca, query: "ca-age-19", mode: "direct_post", answers: "mdl", claims: ["age_over_19"], namespace: "org.iso.18013.5.1"),
        Step(side: .eu, query: "either", pick: "pid", answers: "pid", claims: ["family_name", "given_name"]),
        Step(side: .eu, query: "either", pick: "mdl", answers: "mdl", claims: ["family_name", "given_name"], namespace: "org.iso.18013.5.1"),
    ]

    @Test(arguments: steps) func theVerifierGetsExactlyWhatWasAgreedTo(step: Step) async throws {
        let wallet = try await TestWallet.stocked()
        let verifier = try await Pilot.shared.verifier(step.side)
        let asked = try await verifier.ask(step.query, responseMode: step.mode)
        let request = try await TestWallet.request(wallet, asked.uri)
        let details = try request.details()
        #expect(details.canBeAnswered)
        #expect(details.encrypted == (step.mode == "direct_post.jwt"))
        #expect(details.profile == (step.side == .eu ? .eu : .ca))

        let choice = try step.pick.map { try pick($0, of: details) } ?? request.least()
        let warnings = try request.warnings(for: choice)
        #expect(warnings.contains(.notEncrypted) == !details.encrypted)
        let receipt = try await request.send(request.consent(to: choice, acknowledging: warnings), prompt: "")
        #expect(receipt.httpStatus == 200 && receipt.shared.count == 1)
        #expect(receipt.redirectUri == nil, "after a scan the browser goes nowhere")

        let verdict = try await verifier.verdict(on: asked)
        #expect(verdict["verified"].isTrue && verdict["credentials"].count == 1)
        let arrived = verdict["credentials"][0]
        #expect(arrived["id"].text == step.answers)
        let claims = step.namespace.map { arrived["claims"][$0] } ?? arrived["claims"]
        #expect(claims.names == step.claims)

        let last = try #require(try await wallet.history().entries.last)
        #expect(last.outcome == .sent(status: 200))
    }

    private func pick(_ query: String, of details: RequestDetails) throws -> Choice {
        let question = try #require(details.questions.first { $0.queryId == query })
        let candidate = try #require(question.candidates.first)
        return Choice(selections: [Selection(queryId: query, credential: candidate.credential, option: candidate.least)])
    }

    @Test func whatWasNotOfferedIsRefused() async throws {
        let wallet = try await TestWallet.stocked()
        let asked = try await Pilot.shared.verifier(.eu).ask("eu-pid-sd-jwt")
        let request = try await TestWallet.request(wallet, asked.uri)
        let other = try #require(try await wallet.credentials().entries.first { $0.typeId == "org.iso.18013.5.1.mDL" })
        let forged = Choice(selections: [Selection(queryId: "pid", credential: other.id, option: 0)])
        #expect(await code { _ = try request.consent(to: forged, acknowledging: []) } == .consentMismatch)
    }

    @Test func warningsMustBeShown() async throws {
        let wallet = try await TestWallet.stocked()
        let asked = try await Pilot.shared.verifier(.ca).ask("ca-age-19", responseMode: "direct_post")
        let request = try await TestWallet.request(wallet, asked.uri)
        let choice = try request.least()
        #expect(try !request.warnings(for: choice).isEmpty)
        #expect(await code { _ = try request.consent(to: choice, acknowledging: []) } == .warningNotAcknowledged)
    }

    @Test func theConsentScreenCanShowTheValues() async throws {
        let wallet = try await TestWallet.stocked()
        let asked = try await Pilot.shared.verifier(.eu).ask("eu-pid-sd-jwt")
        let request = try await TestWallet.request(wallet, asked.uri)
        let candidate = try #require(try request.details().questions.first?.candidates.first)
        let option = candidate.options[Int(candidate.least)]
        let location = try #require(option.claims.first { $0.path.contains("family_name") }?.locations.first)
        let claim = try #require(try await request.reveal(location, of: candidate.credential))
        #expect(try claim.reveal(locale: "en") == "Vandermeer")
        #expect(try claim.label(locale: "fr") != claim.label(locale: "en"))
    }

    @Test func whatWasSharedBeforeIsKnown() async throws {
        let wallet = try await TestWallet.stocked()
        let verifier = try await Pilot.shared.verifier(.eu)
        let first = try await TestWallet.request(wallet, verifier.ask("eu-pid-sd-jwt").uri)
        #expect(try await first.sharedBefore() == nil)
        try await first.send(TestWallet.leastConsent(first), prompt: "")
        let second = try await TestWallet.request(wallet, verifier.ask("eu-pid-sd-jwt").uri)
        #expect(try await second.sharedBefore() != nil)
    }
}
