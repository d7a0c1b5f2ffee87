import Foundation
@_spi(Phone) import LocalAuthentication
@_spi(Phone) import Security
import Testing
import WalletCore
@testable import WalletCoreApple

typealias PlayedPhone = LocalAuthentication.Phone
typealias PlayedKeychain = Security.Keychain

extension Everything {
    @Suite struct EnclaveSecureAreaTests {
        let service = UUID().uuidString
        let area: EnclaveSecureArea
        let purpose = Purpose(action: .present, party: "", text: "Sharing your age")
        let asked = KeyPolicy(keyUse: .credential, leastLevel: .secureElement, authentication: .window(seconds: 60), attestationChallenge: nil)

        init() {
            area = EnclaveSecureArea(service: service, accessGroup: "TEAM.group")
            PlayedPhone.reset()
            PlayedKeychain.fail(with: nil)
        }

        @Test func aKeyIsInTheEnclaveAndSaysSo() async throws {
            let key = try await area.create(alias: "v.1", policy: asked)
            #expect(key.level == .secureElement)
            #expect(key.authentication == .window(seconds: 60))
            #expect(key.publicKey.count == 65 && key.publicKey.first == 4)
            #expect(PlayedPhone.prompts == [], "making a key never asks")
        }

        @Test func itemsStayOnThisDeviceAndInTheGroup() async throws {
            _ = try await area.create(alias: "v.1", policy: asked)
            _ = try await area.seal(alias: "v.guard", secret: Data(repeating: 9, count: 32), policy: .thisDevice)
            let items = PlayedKeychain.attributes(ofService: service)
            #expect(items.count == 2)
            for item in items {
                #expect(item["\(kSecAttrAccessGroup)"] == "TEAM.group")
                #expect(["\(kSecAttrAccessibleWhenUnlockedThisDeviceOnly)", "\(kSecAttrAccessibleWhenPasscodeSetThisDeviceOnly)"]
                    .contains(item["\(kSecAttrAccessible)"]))
            }
            let asking = items.first { $0["\(kSecAttrAccount)"] == "v.1" }
            #expect(asking?["\(kSecAttrAccessible)"] == "\(kSecAttrAccessibleWhenPasscodeSetThisDeviceOnly)", "gone when the passcode goes")
        }

        @Test func oneSessionAsksOnce() async throws {
            for alias in ["v.1", "v.2"] { _ = try await area.create(alias: alias, policy: asked) }
            let session = try area.begin(purpose: purpose)
            for alias in ["v.1", "v.2", "v.1"] { _ = try await session.sign(alias: alias, message: Data("m".utf8)) }
            #expect(PlayedPhone.prompts == ["Sharing your age"])
            try await session.end()
            let second = try area.begin(purpose: purpose)
            _ = try await second.sign(alias: "v.1", message: Data("m".utf8))
            #expect(PlayedPhone.prompts.count == 2, "another session asks again")
        }

        @Test func eachUseAsksEachTime() async throws {
            let policy = KeyPolicy(keyUse: .credential, leastLevel: .software, authentication: .eachUse, attestationChallenge: nil)
            _ = try await area.create(alias: "v.1", policy: policy)
            let session = try area.begin(purpose: purpose)
            for _ in 0..<3 { _ = try await session.sign(alias: "v.1", message: Data("m".utf8)) }
            #expect(PlayedPhone.prompts.count == 3)
        }

        @Test func aWindowThatIsOverAsksAgain() async throws {
            let policy = KeyPolicy(keyUse: .credential, leastLevel: .software, authentication: .window(seconds: 0), attestationChallenge: nil)
            _ = try await area.create(alias: "v.1", policy: policy)
            let session = try area.begin(purpose: purpose)
            for _ in 0..<2 { _ = try await session.sign(alias: "v.1", message: Data("m".utf8)) }
            #expect(PlayedPhone.prompts.count == 2)
        }

        @Test func sessionKeysNeverAsk() async throws {
            let policy = KeyPolicy(keyUse: .session, leastLevel: .software, authentication: .vaultOnly, attestationChallenge: nil)
            _ = try await area.create(alias: "v.dpop", policy: policy)
            let session = try area.begin(purpose: purpose)
            _ = try await session.sign(alias: "v.dpop", message: Data("m".utf8))
            #expect(PlayedPhone.prompts == [])
        }

        @Test func aPhoneWithoutAPasscodeSaysThatItCannotAsk() async throws {
            PlayedPhone.hasPasscode = false
            let key = try await area.create(alias: "v.1", policy: asked)
            #expect(key.authentication == .vaultOnly)
        }

        @Test func aCitizenWhoCancelsIsNoFault() async throws {
            _ = try await area.create(alias: "v.1", policy: asked)
            PlayedPhone.citizenCancels = true
            let session = try area.begin(purpose: purpose)
            await #expect(throws: PortError.Cancelled) { _ = try await session.sign(alias: "v.1", message: Data()) }
        }

        @Test func anEndedSessionSignsNothing() async throws {
            _ = try await area.create(alias: "v.1", policy: asked)
            let session = try area.begin(purpose: purpose)
            try await session.end()
            await #expect(throws: PortError.NoSuchKey) { _ = try await session.sign(alias: "v.1", message: Data()) }
        }

        @Test func keysAreListedByPrefixAndDeleted() async throws {
            for alias in ["v.1", "v.2", "w.1"] { _ = try await area.create(alias: alias, policy: asked) }
            #expect(try await area.list(prefix: "v.").sorted() == ["v.1", "v.2"])
            try await area.delete(alias: "v.1")
            try await area.delete(alias: "v.1")
            #expect(try await area.list(prefix: "v.") == ["v.2"])
            let session = try area.begin(purpose: purpose)
            await #expect(throws: PortError.NoSuchKey) { _ = try await session.sign(alias: "v.1", message: Data()) }
        }

        @Test func aSecondKeyOfOneNameIsRefused() async throws {
            _ = try await area.create(alias: "v.1", policy: asked)
            await #expect(throws: PortError.Unexpected(class: "AliasTaken")) { _ = try await area.create(alias: "v.1", policy: asked) }
        }

        @Test(arguments: [SealPolicy.thisDevice, .biometrics]) func whatWasSealedComesBack(policy: SealPolicy) async throws {
            let secret = Data((1...32).map { UInt8($0) })
            let sealed = try await area.seal(alias: "v.guard", secret: Data(secret.map { $0 }), policy: policy)
            let elsewhere = try await area.seal(alias: "v.other", secret: Data(secret.map { $0 }), policy: policy)
            #expect(sealed.range(of: secret.prefix(8)) == nil)
            let session = try area.begin(purpose: purpose)
            #expect(try await session.unseal(alias: "v.guard", sealed: sealed) == secret)
            #expect(PlayedPhone.prompts.count == (policy == .biometrics ? 1 : 0))
            await #expect(throws: PortError.NoSuchKey) { _ = try await session.unseal(alias: "v.guard", sealed: elsewhere) }
            var changed = sealed
            changed[changed.count - 1] ^= 1
            await #expect(throws: PortError.NoSuchKey) { [changed] in _ = try await session.unseal(alias: "v.guard", sealed: changed) }
            try await area.delete(alias: "v.guard")
            await #expect(throws: PortError.NoSuchKey) { _ = try await session.unseal(alias: "v.guard", sealed: sealed) }
        }

        @Test func whoUnlocksByBiometricsIsNotAskedAgain() async throws {
            _ = try await area.create(alias: "v.1", policy: asked)
            let sealed = try await area.seal(alias: "v.guard", secret: Data(repeating: 7, count: 32), policy: .biometrics)
            let session = try area.begin(purpose: purpose)
            _ = try await session.unseal(alias: "v.guard", sealed: sealed)
            _ = try await session.sign(alias: "v.1", message: Data("m".utf8))
            #expect(PlayedPhone.prompts.count == 1)
        }

        @Test func biometricsEnrolledLaterDoNotCount() async throws {
            let sealed = try await area.seal(alias: "v.guard", secret: Data(repeating: 7, count: 32), policy: .biometrics)
            PlayedPhone.enrolled = Data([2])
            let session = try area.begin(purpose: purpose)
            await #expect(throws: PortError.NoSuchKey) { _ = try await session.unseal(alias: "v.guard", sealed: sealed) }
        }

        @Test func thePortWipesTheSecret() async throws {
            let secret = Data(repeating: 9, count: 32)
            _ = try await area.seal(alias: "v.guard", secret: secret, policy: .thisDevice)
            #expect(secret == Data(count: 32))
        }

        @Test func aKeychainThatFailsIsToldByItsNumberAlone() async {
            PlayedKeychain.fail(with: errSecInteractionNotAllowed)
            await #expect(throws: PortError.Unexpected(class: "OSStatus-25308")) { _ = try await area.list(prefix: "") }
            PlayedKeychain.fail(with: nil)
        }
    }
}
