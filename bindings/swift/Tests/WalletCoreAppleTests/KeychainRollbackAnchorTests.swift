import Foundation
@_spi(Phone) import Security
import Testing
import WalletCore
@testable import WalletCoreApple

extension Everything {
    @Suite struct KeychainRollbackAnchorTests {
        let service = UUID().uuidString
        let vault = Data(repeating: 0xab, count: 16)
        let other = Data(repeating: 0xac, count: 16)

        @Test func aGenerationIsSetOnlyFromTheOneBefore() async throws {
            let anchor = KeychainRollbackAnchor(service: service, accessGroup: nil)
            #expect(try await anchor.get(vaultId: vault) == nil)
            #expect(try await anchor.compareAndSet(vaultId: vault, expected: nil, new: 5))
            #expect(try await anchor.get(vaultId: vault) == 5)
            #expect(try await !anchor.compareAndSet(vaultId: vault, expected: nil, new: 6))
            #expect(try await !anchor.compareAndSet(vaultId: vault, expected: 4, new: 6))
            #expect(try await anchor.compareAndSet(vaultId: vault, expected: 5, new: 6))
            #expect(try await anchor.get(vaultId: vault) == 6)
            #expect(try await anchor.get(vaultId: other) == nil, "each vault has its own")
            #expect(PlayedKeychain.attributes(ofService: service).count == 1, "older generations are gone")
        }

        @Test func ofTwoThatSetTheSameOneSucceeds() async throws {
            let anchors = (0..<20).map { _ in KeychainRollbackAnchor(service: service, accessGroup: nil) }
            let vault = vault
            let won = try await withThrowingTaskGroup(of: Bool.self) { group in
                for anchor in anchors { group.addTask { try await anchor.compareAndSet(vaultId: vault, expected: nil, new: 1) } }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(won == 1)
        }
    }
}
