import Foundation
import Testing
import WalletCore
import WalletCoreTesting

@Suite struct LockingTests {
    @Test func whileLockedNothingIsShownAndNothingFetched() async throws {
        let wallet = try await TestWallet.stocked()
        let verifier = try await Pilot.shared.verifier(.eu)
        let asked = try await verifier.ask("eu-pid-sd-jwt")
        try wallet.lock()
        #expect(try !wallet.isUnlocked)
        #expect(await code { _ = try await wallet.credentials() } == .locked)
        #expect(await code { _ = try await wallet.open(asked.uri, from: .scan) } == .locked)
        #expect(try await verifier.status(of: asked) == "waiting")
        try await wallet.unlock(with: .passphrase(TestWallet.passphrase), prompt: "")
        #expect(try await wallet.credentials().entries.count == 4)
    }

    @Test func aRequestThatWasOpenCannotBeAnsweredAfterALock() async throws {
        let wallet = try await TestWallet.stocked()
        let asked = try await Pilot.shared.verifier(.eu).ask("eu-pid-sd-jwt")
        let request = try await TestWallet.request(wallet, asked.uri)
        let consent = try TestWallet.leastConsent(request)
        try wallet.lock()
        try await wallet.unlock(with: .passphrase(TestWallet.passphrase), prompt: "")
        #expect(await code { try await request.send(consent, prompt: "") } == .consentExpired)
    }

    @Test func aWrongPassphraseOpensNothing() async throws {
        let wallet = try await TestWallet.stocked()
        try wallet.lock()
        #expect(await code { try await wallet.unlock(with: .passphrase(Secret("not this one")), prompt: "") } == .passphraseWrong)
        #expect(try !wallet.isUnlocked)
    }

    @Test func aWrongPinSaysHowManyAttemptsAreLeft() async throws {
        let area = PlayedSecureArea()
        let wallet = try await TestWallet.make(TestWallet.settings(secureArea: area))
        try await wallet.setGuard(.pin(Secret("481516")), authority: .passphrase(TestWallet.passphrase), prompt: "")
        #expect(try await wallet.guards() == [.passphrase, .pin])
        try wallet.lock()
        do {
            try await wallet.unlock(with: .pin(Secret("000000")), prompt: "Open your wallet")
            Issue.record("a wrong PIN opened the wallet")
        } catch let error as WalletError {
            #expect(error.code == .pinWrong && error.fault.attemptsLeft == 9)
        }
        try await wallet.unlock(with: .pin(Secret("481516")), prompt: "Open your wallet")
        #expect(try wallet.isUnlocked)
        #expect(area.prompts == ["Open your wallet", "Open your wallet"])
    }

    @Test func biometricsAndRecoveryKeyOpenToo() async throws {
        let area = PlayedSecureArea()
        let wallet = try await TestWallet.make(TestWallet.settings(secureArea: area))
        try await wallet.setGuard(.biometrics, authority: .passphrase(TestWallet.passphrase), prompt: "")
        let key = try await wallet.makeRecoveryKey(authority: .biometrics, prompt: "")
        try wallet.lock()
        try await wallet.unlock(with: .biometrics, prompt: "")
        try wallet.lock()
        var written = [UInt8](try key.reveal())
        try await wallet.unlock(with: .recoveryKey(Secret(wiping: &written)), prompt: "")
        #expect(written.isEmpty)
        try await wallet.removeGuard(.biometrics, authority: .passphrase(TestWallet.passphrase), prompt: "")
        #expect(try await wallet.guards() == [.passphrase, .recoveryKey])
    }

    @Test func aCitizenWhoCancelsThePromptStaysLockedOut() async throws {
        let area = PlayedSecureArea()
        let wallet = try await TestWallet.make(TestWallet.settings(secureArea: area))
        try await wallet.setGuard(.biometrics, authority: .passphrase(TestWallet.passphrase), prompt: "")
        try wallet.lock()
        area.citizenCancels()
        #expect(await code { try await wallet.unlock(with: .biometrics, prompt: "") } == .promptCancelled)
        #expect(try !wallet.isUnlocked)
    }

    @Test func secretsAreWipedWhateverComesOfTheCall() async throws {
        let wallet = try await TestWallet.make()
        try wallet.lock()
        for text in ["not this one", "correct horse battery staple"] {
            let secret = Secret(text)
            try? await wallet.unlock(with: .passphrase(secret), prompt: "")
            // A second use finds zeros, which open nothing.
            try wallet.lock()
            #expect(await code { try await wallet.unlock(with: .passphrase(secret), prompt: "") } == .passphraseWrong)
        }
    }
}
