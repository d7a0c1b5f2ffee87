import Foundation
import Testing
import WalletCore
import WalletCoreTesting

/// What is answered at once from two places is answered once.
@Suite struct OnceTests {
    @Test func twoSendsGiveOneMessage() async throws {
        let calls = CountingHttpClient()
        let wallet = try await TestWallet.stocked(http: calls)
        let verifier = try await Pilot.shared.verifier(.eu)
        let asked = try await verifier.ask("eu-pid-sd-jwt")
        let request = try await TestWallet.request(wallet, asked.uri)
        let consent = try TestWallet.leastConsent(request)
        let codes = await twice { try await request.send(consent, prompt: "") }
        #expect(codes == [.alreadyUsed])
        #expect(calls.count(to: verifier.url, .post) == 1)
        #expect(try await verifier.verdict(on: asked)["verified"].isTrue)
    }

    @Test func twoDeclinesGiveOneMessage() async throws {
        let calls = CountingHttpClient()
        let wallet = try await TestWallet.stocked(http: calls)
        let verifier = try await Pilot.shared.verifier(.eu)
        let request = try await TestWallet.request(wallet, verifier.ask("portrait").uri)
        #expect(await twice { try await request.decline() } == [.alreadyUsed])
        #expect(calls.count(to: verifier.url, .post) == 1)
    }

    @Test func aSendAndADeclineGiveOneMessage() async throws {
        let calls = CountingHttpClient()
        let wallet = try await TestWallet.stocked(http: calls)
        let verifier = try await Pilot.shared.verifier(.eu)
        let request = try await TestWallet.request(wallet, verifier.ask("eu-pid-sd-jwt").uri)
        let consent = try TestWallet.leastConsent(request)
        async let sent = code { try await request.send(consent, prompt: "") }
        async let declined = code { try await request.decline() }
        let codes = await [sent, declined].compactMap { $0 }
        #expect(codes == [.alreadyUsed])
        #expect(calls.count(to: verifier.url, .post) == 1)
    }

    @Test func twoKeepsKeepOnce() async throws {
        let wallet = try await TestWallet.make()
        let issuer = try await Pilot.shared.issuer(.ca)
        guard case .offer(let offer) = try await wallet.open(issuer.offer, from: .scan) else { throw NotWhatWasExpected() }
        let preview = try await offer.accept(prompt: "")
        #expect(await twice { try await preview.keep() } == [.alreadyUsed])
        #expect(try await wallet.credentials().entries.count == 2)
    }

    /// The codes of the errors of two calls at once.
    private func twice(_ call: @escaping @Sendable () async throws -> some Any) async -> [Code] {
        async let first = code { _ = try await call() }
        async let second = code { _ = try await call() }
        return await [first, second].compactMap { $0 }
    }
}
