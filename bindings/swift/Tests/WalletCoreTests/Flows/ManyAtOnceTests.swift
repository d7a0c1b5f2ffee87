import Foundation
import Testing
import WalletCore
import WalletCoreTesting

@Suite struct ManyAtOnceTests {
    @Test func fiftyReadersSeeTheSame() async throws {
        let wallet = try await TestWallet.stocked()
        let counts = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<50 { group.addTask { try await wallet.credentials().entries.count } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(counts == Array(repeating: 4, count: 50))
    }

    /// Thirty, since a wallet keeps 32 requests that wait.
    @Test func thirtyRequestsAreDeclinedWhileTwentyRead() async throws {
        let wallet = try await TestWallet.stocked()
        let verifier = try await Pilot.shared.verifier(.eu)
        let links = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<30 { group.addTask { try await verifier.ask("eu-pid-sd-jwt").uri } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let before = try await wallet.history().entries.count
        let results = try await withThrowingTaskGroup(of: Int.self) { group in
            for link in links { group.addTask { Int(try await wallet.decline(link, from: .scan).httpStatus) } }
            for _ in 0..<20 { group.addTask { try await wallet.credentials().entries.count } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(results.sorted() == Array(repeating: 4, count: 20) + Array(repeating: 200, count: 30))
        #expect(try await wallet.history().entries.count == before + 30)
        #expect(try await wallet.check().isWhole)
    }
}
