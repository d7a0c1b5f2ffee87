import Foundation
import Testing
import WalletCore
import WalletCoreTesting

/// Handles go when nobody has them, and a closed wallet says so.
@Suite struct LifeTests {
    @Test func aClosedWalletSaysSo() async throws {
        let wallet = try await TestWallet.stocked()
        let asked = try await Pilot.shared.verifier(.eu).ask("eu-pid-sd-jwt")
        let request = try await TestWallet.request(wallet, asked.uri)
        let consent = try TestWallet.leastConsent(request)
        try await wallet.close()
        #expect(await code { _ = try await wallet.credentials() } == .vaultClosed)
        #expect(await code { try await wallet.unlock(with: .passphrase(TestWallet.passphrase), prompt: "") } == .vaultClosed)
        #expect(await code { _ = try await wallet.open(asked.uri, from: .scan) } != nil)
        #expect(await code { try await request.send(consent, prompt: "") } != nil)
        #expect(await code { try await request.decline() } == .vaultClosed)
        #expect(await code { try await wallet.close() } == .vaultClosed)
    }

    @Test func aClosedWalletCanBeOpenedAgain() async throws {
        let settings = TestWallet.settings()
        let first = try await TestWallet.make(settings)
        #expect(await code { _ = try await Wallet.create(settings, passphrase: TestWallet.passphrase) } == .vaultExists)
        try await first.close()
        let beside = try FileManager.default.contentsOfDirectory(atPath: URL(fileURLWithPath: settings.file).deletingLastPathComponent().path)
        #expect(beside == ["vault.db"], "everything is in the file")
        let second = try await Wallet.open(settings)
        #expect(try !second.isUnlocked)
        try await second.unlock(with: .passphrase(TestWallet.passphrase), prompt: "")
        #expect(try await second.trustedAuthorities().count == 7)
    }

    @Test func aWalletThatNobodyHasLetsGoOfItsPorts() async throws {
        weak var http: CountingHttpClient?
        weak var wallet: Wallet?
        weak var request: PresentationRequest?
        weak var claim: Claim?
        try await {
            let client = CountingHttpClient()
            let made = try await TestWallet.stocked(http: client)
            let opened = try await TestWallet.request(made, Pilot.shared.verifier(.eu).ask("eu-pid-sd-jwt").uri)
            let details = try await made.credential(#require(try await made.credentials().entries.first?.id))
            (http, wallet, request, claim) = (client, made, opened, details.claims.first)
            #expect(http != nil && wallet != nil && request != nil && claim != nil)
        }()
        for _ in 0..<300 where http != nil { try await Task.sleep(for: .milliseconds(10)) }
        #expect(http == nil, "the port is still held")
        #expect(wallet == nil && request == nil && claim == nil)
    }

    @Test func whoStopsObservingHoldsNothing() async throws {
        weak var http: CountingHttpClient?
        try await {
            let client = CountingHttpClient()
            http = client
            let wallet = try await TestWallet.stocked(http: client)
            for try await list in wallet.credentialLists() {
                #expect(list?.entries.count == 4)
                break
            }
        }()
        for _ in 0..<300 where http != nil { try await Task.sleep(for: .milliseconds(10)) }
        #expect(http == nil, "an observation that ended holds the wallet")
    }
}
