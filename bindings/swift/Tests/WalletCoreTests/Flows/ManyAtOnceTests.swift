import Foundation
import Testing
import WalletCore
import WalletCoreTesting

@Suite struct ManyAtOnceTests {
    @Test func fiftyReadersSeeTheSame() async throws {
        let wallet = try await TestWallet.stocked()
        let counts = try await withThrowingTaskGroup(of: Int.self) { group in
            for index in 0..<50 {
                group.addTask {
                    index % 2 == 0
                        ? try await wallet.credentials().entries.count
                        : try await wallet.history().entries.count(where: { _ in true }) + 4 - wallet.history().entries.count
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(counts == Array(repeating: 4, count: 50))
    }

    @Test func fiftyRequestsAreDeclinedAtOnce() async throws {
        let wallet = try await TestWallet.stocked()
        let verifier = try await Pilot.shared.verifier(.eu)
        let links = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<50 { group.addTask { try await verifier.ask("eu-pid-sd-jwt").uri } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let statuses = try await withThrowingTaskGroup(of: UInt16.self) { group in
            for link in links { group.addTask { try await wallet.decline(link, from: .scan).httpStatus } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses == Array(repeating: 200, count: 50))
        #expect(try await wallet.check().isWhole)
    }
}
