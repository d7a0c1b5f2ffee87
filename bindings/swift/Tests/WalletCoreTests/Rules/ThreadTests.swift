import Foundation
import Testing
import WalletCore
import WalletCoreTesting

/// Nothing heavy runs on the main thread, whoever calls.
@Suite struct ThreadTests {
    @Test @MainActor func theMainThreadStaysFree() async throws {
        let http = ThreadNotingHttpClient()
        let wallet = try await TestWallet.stocked(http: http)
        try wallet.lock()
        let beats = Heartbeat()
        // A slow derivation, a flow over the network with all its cryptography, and a look at everything.
        try await wallet.unlock(with: .passphrase(TestWallet.passphrase), prompt: "")
        let asked = try await Pilot.shared.verifier(.eu).ask("eu-pid-sd-jwt")
        let request = try await TestWallet.request(wallet, asked.uri)
        try await request.send(TestWallet.leastConsent(request), prompt: "")
        _ = try await wallet.check()
        let longest = await beats.longestPause()
        #expect(longest < .milliseconds(150), "the main thread was held for \(longest)")
        #expect(http.calls > 0 && http.callsOnMain == 0)
    }

    @Test @MainActor func aLockComesBackAtOnceWhileSomethingIsUnderWay() async throws {
        let wallet = try await TestWallet.stocked()
        let unlocking = Task.detached { try await wallet.unlock(with: .passphrase(TestWallet.passphrase), prompt: "") }
        try await Task.sleep(for: .milliseconds(20))
        let begun = ContinuousClock.now
        try wallet.lock()
        #expect(ContinuousClock.now - begun < .milliseconds(50))
        _ = await unlocking.result
    }
}

/// Beats on the main thread every five milliseconds, and knows its longest pause.
@MainActor private final class Heartbeat {
    private var last = ContinuousClock.now
    private var longest = Duration.zero
    private var beating: Task<Void, Never>?

    init() {
        beating = Task { [weak self] in
            while !Task.isCancelled {
                try? await Task.sleep(for: .milliseconds(5))
                self?.beat()
            }
        }
    }

    private func beat() {
        let now = ContinuousClock.now
        longest = max(longest, now - last)
        last = now
    }

    func longestPause() async -> Duration {
        beating?.cancel()
        beat()
        return longest
    }
}

private final class ThreadNotingHttpClient: HttpClient, @unchecked Sendable {
    private let system = SystemHttpClient()
    private let lock = NSLock()
    private var all = 0
    private var onMain = 0
    var calls: Int { lock.withLock { all } }
    var callsOnMain: Int { lock.withLock { onMain } }

    func send(request: HttpRequest) async throws -> HttpResponse {
        note()
        return try await system.send(request: request)
    }

    private func note() {
        lock.withLock {
            all += 1
            if Thread.isMainThread { onMain += 1 }
        }
    }
}
