import Foundation
import Testing
import WalletCore
import WalletCoreTesting

@Suite struct CancellationTests {
    @Test func openingALinkStops() async throws {
        let servers = try await BadServers.running.value
        let wallet = try await TestWallet.stocked()
        let uri = servers.good("/stall").addingPercentEncoding(withAllowedCharacters: .alphanumerics)!
        let opening = Task { try await wallet.open("haip-vp://?client_id=x509_hash:a&request_uri=\(uri)", from: .scan) }
        try await Task.sleep(for: .milliseconds(300))
        try await expectCancellation(of: opening)
        #expect(try await wallet.check().isWhole)
        #expect(try await wallet.credentials().entries.count == 4)
    }

    @Test func acceptingAnOfferStops() async throws {
        let held = HeldHttpClient()
        let wallet = try await TestWallet.make(TestWallet.settings(http: held))
        let issuer = try await Pilot.shared.issuer(.eu)
        guard case .offer(let offer) = try await wallet.open(issuer.offer, from: .scan) else { throw NotWhatWasExpected() }
        let accepting = Task { try await offer.accept(prompt: "") }
        try await until { held.heldCalls == 1 }
        try await expectCancellation(of: accepting)
        try await until { held.cancelledCalls == 1 }
        #expect(try await wallet.check().isWhole)
        #expect(try await wallet.credentials().entries.isEmpty)
    }

    @Test func sendingStopsAndItsOutcomeIsUnknown() async throws {
        let held = HeldHttpClient()
        let wallet = try await TestWallet.stocked(http: held)
        let asked = try await Pilot.shared.verifier(.eu).ask("eu-pid-sd-jwt")
        let request = try await TestWallet.request(wallet, asked.uri)
        let consent = try TestWallet.leastConsent(request)
        let sending = Task { try await request.send(consent, prompt: "") }
        try await until { held.heldCalls == 1 }
        try await expectCancellation(of: sending)
        try await until { held.cancelledCalls == 1 }
        #expect(try await wallet.history().entries.last?.outcome == .unknown, "it may have arrived")
        #expect(await code { try await request.send(consent, prompt: "") } == .alreadyUsed, "never silently again")
        #expect(try await wallet.check().isWhole)
    }

    @Test func aTaskThatIsCancelledBeforeItBeginsDoesNothing() async throws {
        let calls = CountingHttpClient()
        let wallet = try await TestWallet.stocked(http: calls)
        let asked = try await Pilot.shared.verifier(.eu).ask("eu-pid-sd-jwt")
        let opening = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await wallet.open(asked.uri, from: .scan)
        }
        await #expect(throws: CancellationError.self) { _ = try await opening.value }
        #expect(calls.count == 0)
    }

    /// Cancelled at any moment, the wallet is whole.
    @Test func cancellingAtAnyMomentLeavesAWholeWallet() async throws {
        let wallet = try await TestWallet.stocked()
        let verifier = try await Pilot.shared.verifier(.eu)
        for delay in stride(from: 0, through: 60, by: 6) {
            let asked = try await verifier.ask("eu-pid-sd-jwt")
            let flow = Task {
                let request = try await TestWallet.request(wallet, asked.uri)
                return try await request.decline().httpStatus
            }
            try await Task.sleep(for: .milliseconds(delay))
            flow.cancel()
            let result = await flow.result
            if case .failure(let error) = result { #expect(error is CancellationError, "\(type(of: error))") }
        }
        #expect(try await wallet.check().isWhole)
    }

    private func expectCancellation(of task: Task<some Sendable, any Error>) async throws {
        let begun = ContinuousClock.now
        task.cancel()
        let result = await task.result
        #expect(ContinuousClock.now - begun < .seconds(2), "it ran on")
        guard case .failure(let error) = result else {
            Issue.record("it was not stopped")
            return
        }
        #expect(error is CancellationError, "\(type(of: error))")
    }

    private func until(_ holds: () -> Bool) async throws {
        for _ in 0..<500 where !holds() { try await Task.sleep(for: .milliseconds(10)) }
        #expect(holds(), "what was waited for did not happen")
    }
}
