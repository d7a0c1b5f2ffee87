import Foundation
import Testing
import WalletCore
import WalletCoreTesting

@Suite struct ReceivingTests {
    @Test func bothSidesAreReceivedPreviewedAndKept() async throws {
        let wallet = try await TestWallet.make()
        for (side, types) in [(Pilot.Side.eu, ["eu.europa.ec.eudi.pid.1", "urn:eudi:pid:1"]), (.ca, ["org.iso.18013.5.1.mDL"])] {
            let issuer = try await Pilot.shared.issuer(side, transactionCode: "4711")
            guard case .offer(let offer) = try await wallet.open(issuer.offer, from: .scan) else {
                Issue.record("no offer")
                return
            }
            let details = try offer.details()
            #expect(details.txCode != nil && details.credentials.count == 2)
            let preview = try await offer.accept(transactionCode: "4711", prompt: "")
            let credentials = try await preview.credentials()
            #expect(Set(types).isSubset(of: credentials.map(\.typeId)))
            for one in credentials {
                #expect(one.copies == 3 && !one.claims.isEmpty)
                let labels = try one.claims.map { try $0.label(locale: "fr") }
                #expect(labels.allSatisfy { !$0.isEmpty })
            }
            try await preview.keep()
            #expect(try await issuer.notified() == "credential_accepted")
        }
        let list = try await wallet.credentials()
        #expect(list.entries.count == 4 && list.damaged.isEmpty)
        #expect(try await wallet.check().isWhole)
    }

    @Test func aWrongCodeIsRefusedAndMayBeTriedAgain() async throws {
        let wallet = try await TestWallet.make()
        let issuer = try await Pilot.shared.issuer(.eu, transactionCode: "4711")
        guard case .offer(let offer) = try await wallet.open(issuer.offer, from: .paste) else { throw NotWhatWasExpected() }
        #expect(await code { _ = try await offer.accept(prompt: "") } == .txCodeNeeded)
        #expect(await code { _ = try await offer.accept(transactionCode: "0000", prompt: "") } == .grantRefused)
        try await offer.accept(transactionCode: "4711", prompt: "").keep()
        #expect(try await wallet.credentials().entries.count == 2)
    }

    @Test func whatIsDiscardedIsGoneAndTheIssuerHears() async throws {
        let wallet = try await TestWallet.make()
        let issuer = try await Pilot.shared.issuer(.ca)
        guard case .offer(let offer) = try await wallet.open(issuer.offer, from: .link) else { throw NotWhatWasExpected() }
        let preview = try await offer.accept(prompt: "")
        try await preview.discard()
        #expect(try await issuer.notified() == "credential_deleted")
        #expect(try await wallet.credentials().entries.isEmpty)
        #expect(await code { try await preview.keep() } == .alreadyUsed)
    }

    @Test func aPreviewWaitsForTheNextVisit() async throws {
        let wallet = try await TestWallet.make()
        let issuer = try await Pilot.shared.issuer(.ca)
        guard case .offer(let offer) = try await wallet.open(issuer.offer, from: .link) else { throw NotWhatWasExpected() }
        _ = try await offer.accept(prompt: "")
        let waiting = try await wallet.pending()
        #expect(waiting.count == 1 && waiting.first?.isRequest == false)
        guard case .preview(let preview) = try await wallet.resume(waiting[0].id) else { throw NotWhatWasExpected() }
        try await preview.keep()
        #expect(try await wallet.pending().isEmpty)
    }
}
