import Foundation
import Testing
import WalletCore
import WalletCoreTesting

/// Whether a credential still counts, by its issuer's list (EU-46).
@Suite struct StatusTests {
    @Test func aCredentialIsKnownToCountWhenItsListWasRead() async throws {
        let wallet = try await TestWallet.make()
        let kept = try await TestWallet.receive(wallet, Pilot.shared.issuer(.eu).offer)
        #expect(try await standings(wallet) == [.unknown, .unknown])
        let asked = try await Pilot.shared.verifier(.eu).ask("eu-pid-sd-jwt")
        #expect(try await unknown(wallet, asked.uri) == 1)
        let refresh = try await wallet.refreshStatuses()
        #expect(Set(refresh.changed) == Set(kept) && refresh.failed.isEmpty)
        #expect(try await standings(wallet) == [.valid, .valid])
        #expect(try await wallet.credentials().entries.allSatisfy { $0.status.checkedAt != nil })
        #expect(try await unknown(wallet, asked.uri) == 0)
        #expect(try await wallet.refreshStatuses().checked == 0, "nothing is due")
    }

    @Test func whatIsRevokedIsOfferedToNobodyAndSaysWhy() async throws {
        let wallet = try await TestWallet.make()
        let issuer = try await Pilot.shared.issuer(.eu)
        try await TestWallet.receive(wallet, issuer.offer)
        #expect(try await issuer.says(.revoke) == "revoked")
        #expect(try await wallet.refreshStatuses().changed.count == 2)
        #expect(try await standings(wallet) == [.revoked, .revoked])
        #expect(try standingText(standing: .revoked, locale: "fr") == "Révoquée par l’émetteur")
        let asked = try await Pilot.shared.verifier(.eu).ask("eu-pid-sd-jwt")
        let request = try await TestWallet.request(wallet, asked.uri)
        let details = try request.details()
        #expect(!details.canBeAnswered && details.questions.first?.lapsed.first?.reason == .withdrawn)
        #expect(await code { _ = try request.least() } == .nothingMatches)
    }

    @Test func aLockedWalletReadsNoLists() async throws {
        let wallet = try await TestWallet.make()
        try wallet.lock()
        #expect(await code { _ = try await wallet.refreshStatuses() } == .locked)
    }

    private func standings(_ wallet: Wallet) async throws -> [Standing] {
        try await wallet.credentials().entries.map(\.status.standing)
    }

    /// How many warnings say that nobody knows.
    private func unknown(_ wallet: Wallet, _ link: String) async throws -> Int {
        let request = try await TestWallet.request(wallet, link)
        return try request.warnings(for: request.least()).count { if case .statusUnknown = $0 { true } else { false } }
    }
}
