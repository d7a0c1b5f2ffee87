import Foundation
import Testing
import WalletCore

@Suite struct ClockTests {
    @Test func timeGoesOnWithinOneStart() async throws {
        let clock = SystemClock()
        let first = try clock.now()
        try await Task.sleep(for: .milliseconds(50))
        let second = try clock.now()
        #expect(second.sinceBootMs - first.sinceBootMs >= 50)
        #expect(second.sinceBootMs - first.sinceBootMs < 5000)
        #expect(!first.bootId.isEmpty && first.bootId == second.bootId)
        #expect(try SystemClock().now().bootId == first.bootId)
        #expect(abs(Double(first.wallSeconds) - Date().timeIntervalSince1970) < 5)
    }
}
