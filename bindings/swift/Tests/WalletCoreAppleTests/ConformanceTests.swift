import Foundation
@_spi(Phone) import LocalAuthentication
import Testing
import WalletCore
import WalletCoreApple
import WalletCoreTesting

extension Everything {
    /// The core's own test of a secure area.
    @Suite struct ConformanceTests {
        init() { PlayedPhone.reset() }

        @Test func theSecureEnclaveKeepsAllRules() async throws {
            #expect(try await checkSecureEnclave(accessGroup: nil) == nil)
        }

        /// An area that breaks one rule is found out, and by that rule.
        @Test func anAreaThatForgetsToDeleteIsFoundOut() async throws {
            let area = Forgetful(EnclaveSecureArea(service: "forgetful", accessGroup: nil))
            let rule = try await checkSecureArea(area: area, abilities: Abilities(agrees: false, seals: false))
            #expect(rule?.contains("deleted key") == true)
        }

        @Test func anAreaThatDoesNotAgreeIsFoundOut() async throws {
            let area = EnclaveSecureArea(service: "agrees", accessGroup: nil)
            let rule = try await checkSecureArea(area: area, abilities: Abilities(agrees: true, seals: false))
            #expect(rule?.contains("agree") == true)
        }
    }
}

private final class Forgetful: SecureArea {
    private let area: EnclaveSecureArea
    init(_ area: EnclaveSecureArea) { self.area = area }
    func create(alias: String, policy: KeyPolicy) async throws -> CreatedKey { try await area.create(alias: alias, policy: policy) }
    func seal(alias: String, secret: Data, policy: SealPolicy) async throws -> Data {
        try await area.seal(alias: alias, secret: secret, policy: policy)
    }
    func begin(purpose: Purpose) throws -> any KeySession { try area.begin(purpose: purpose) }
    func delete(alias: String) async throws {}
    func list(prefix: String) async throws -> [String] { try await area.list(prefix: prefix) }
}
