import Foundation
@_spi(Phone) import Security
import Testing
import WalletCore
@testable import WalletCoreApple

extension Everything {
    @Suite struct StorageTests {
        let place = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)

        @Test func theFolderIsMadeInTheGroup() throws {
            let folder = try VaultFolder(appGroup: "group.org.example.\(UUID().uuidString)")
            #expect(FileManager.default.fileExists(atPath: folder.url.path))
            #expect(folder.file.lastPathComponent == "vault.db")
            #expect(throws: CocoaError.self) { _ = try VaultFolder(appGroup: "not a group of this app") }
        }

        @Test func aFirstStartRemovesTheKeysOfTheAppThatWasDeleted() async throws {
            let service = UUID().uuidString
            let policy = KeyPolicy(keyUse: .session, leastLevel: .software, authentication: .vaultOnly, attestationChallenge: nil)
            let area = EnclaveSecureArea(service: service, accessGroup: nil)
            _ = try await area.create(alias: "v.1", policy: policy)
            let folder = try VaultFolder(place)

            try Data("vault".utf8).write(to: folder.file)
            try FirstStart.removeOrphans(in: folder, services: [service], accessGroup: nil)
            #expect(try await area.list(prefix: "") == ["v.1"], "where there is a vault, its keys stay")

            try FileManager.default.removeItem(at: folder.file)
            try FirstStart.removeOrphans(in: folder, services: [service], accessGroup: nil)
            #expect(try await area.list(prefix: "") == [])
            try FirstStart.removeOrphans(in: folder, services: [service], accessGroup: nil)
        }

        @Test func aPhoneHasAllPorts() throws {
            let ports = try WalletCoreApple.Phone(folder: VaultFolder(place), accessGroup: nil).ports()
            #expect(ports.secureArea is EnclaveSecureArea)
            #expect(ports.rollbackAnchor is KeychainRollbackAnchor)
            #expect(ports.http is SystemHttpClient)
        }
    }
}
