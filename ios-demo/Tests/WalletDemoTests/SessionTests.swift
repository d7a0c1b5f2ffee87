import Foundation
import Loopback
import Testing
import WalletCore
import WalletCoreApple
@testable import WalletDemo

extension Everything {
    /// A second start has only the files of the first.
    @MainActor @Suite struct SessionTests {
        private struct Nobody: Trusted {
            let fails: Bool
            func lists() async throws -> [TrustedList] {
                if fails { throw CocoaError(.fileNoSuchFile) }
                return []
            }
        }

        private let folder = Project.temporaryFolder()
        private let name = UUID().uuidString

        private func session(trustFails: Bool = false) throws -> Session {
            let ports = Ports(
                http: SystemHttpClient(), secureArea: EnclaveSecureArea(service: name, accessGroup: nil), rollbackAnchor: nil,
                clock: SystemClock(), events: nil)
            return Session(
                folder: try VaultFolder(folder), ports: ports, preferences: Preferences(saved: UserDefaults(suiteName: name)!),
                trusted: Nobody(fails: trustFails), center: NotificationCenter())
        }

        private var hasVault: Bool { FileManager.default.fileExists(atPath: folder.appendingPathComponent("vault.db").path) }

        @Test func aWalletThatWasMadeIsThereAtTheNextStart() async throws {
            let first = try session()
            _ = try await first.create(pin: Secret("481516"), prompt: "")
            try first.finish()
            try await first.present().close()
            let second = try session()
            try await second.present().unlock(with: .pin(Secret("481516")), prompt: "")
            #expect(!second.isBrokenOff)
        }

        @Test func aWalletThatCannotBeMadeLeavesNothing() async throws {
            let broken = try session(trustFails: true)
            await #expect(throws: CocoaError.self) { _ = try await broken.create(pin: Secret("481516"), prompt: "") }
            #expect(!hasVault)
            let second = try session()
            #expect(try await second.wallet() == nil)
            #expect(!second.isBrokenOff, "nobody has seen its recovery key")
        }

        @Test func aWalletWhoseRecoveryKeyWasNotConfirmedIsBegunAnewAndSaysSo() async throws {
            let first = try session()
            _ = try await first.create(pin: Secret("481516"), prompt: "")
            try await first.present().close()
            let second = try session()
            #expect(try await second.wallet() == nil)
            #expect(second.isBrokenOff && !hasVault)
        }
    }
}
