import Foundation
@_spi(Phone) import LocalAuthentication
@_spi(Phone) import Security
import Testing
import WalletCore
import WalletCoreApple
import WalletCoreTesting

extension Everything {
    /// The whole way of a citizen with keys in the (played) Secure Enclave, counted in dialogs of the phone.
    @Suite struct PromptTests {
        init() {
            PlayedPhone.reset()
            PlayedKeychain.fail(with: nil)
        }

        @Test func unlockingAndPresentingAsksOnce() async throws {
            let folder = try VaultFolder(Project.temporaryFolder())
            let phone = try WalletCoreApple.Phone(folder: folder, accessGroup: nil)
            let settings = Settings(file: folder.file.path, ports: phone.ports(), idleLockMs: nil, development: Development())
            let wallet = try await TestWallet.make(settings)
            try await wallet.setGuard(.biometrics, authority: .passphrase(TestWallet.passphrase), prompt: "Turn on Face ID")
            try await TestWallet.receive(wallet, Pilot.shared.issuer(.eu).offer)
            #expect(PlayedKeychain.attributes(ofService: "org.walletcore.keys").count > 6, "three copies of each have their keys")
            try wallet.lock()

            PlayedPhone.reset()
            let verifier = try await Pilot.shared.verifier(.eu)
            let asked = try await verifier.ask("eu-pid-sd-jwt")
            try await wallet.unlock(with: .biometrics, prompt: "Share your name")
            let request = try await TestWallet.request(wallet, asked.uri)
            try await request.send(TestWallet.leastConsent(request), prompt: "Share your name")
            #expect(try await verifier.verdict(on: asked)["verified"].isTrue)
            #expect(PlayedPhone.prompts == ["Share your name"])
            try await wallet.close()
        }

        @Test func aCitizenWhoCancelsSendsNothing() async throws {
            let folder = try VaultFolder(Project.temporaryFolder())
            let phone = try WalletCoreApple.Phone(folder: folder, accessGroup: nil)
            let calls = CountingHttpClient()
            let settings = Settings(
                file: folder.file.path, ports: phone.ports(http: calls), idleLockMs: nil, development: Development())
            let wallet = try await TestWallet.make(settings)
            try await TestWallet.receive(wallet, Pilot.shared.issuer(.eu).offer)
            let verifier = try await Pilot.shared.verifier(.eu)
            let request = try await TestWallet.request(wallet, verifier.ask("eu-pid-sd-jwt").uri)
            let consent = try TestWallet.leastConsent(request)
            PlayedPhone.citizenCancels = true
            do {
                try await request.send(consent, prompt: "Share your name")
                Issue.record("it was sent")
            } catch let error as WalletError {
                #expect(error.code == .promptCancelled)
            }
            #expect(calls.count(to: verifier.url, .post) == 0)
        }
    }
}
