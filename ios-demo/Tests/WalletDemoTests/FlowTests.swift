import Foundation
import Loopback
@_spi(Host) import SwiftUI
import Testing
import WalletCore
@testable import WalletDemo

extension Everything {
    /// Whole flows with the real core, by what a citizen sees and taps, against pilot.
    @MainActor @Suite struct FlowTests {
        private func offer(_ side: Loopback.Pilot.Side, code: String? = nil) async throws -> String {
            try await Loopback.Pilot.shared.issuer(side, transactionCode: code).offer
        }

        private func verifier(_ side: Loopback.Pilot.Side) async throws -> Verifier {
            try await Loopback.Pilot.shared.verifier(side)
        }

        @Test(arguments: ["en", "fr"]) func fromTheFirstStartToAPresentation(_ language: String) async throws {
            let citizen = try Citizen(language)
            try await citizen.begins()
            let side: Loopback.Pilot.Side = language == "en" ? .eu : .ca
            try await citizen.receives(offer(side))
            let verifier = try await verifier(side)
            let asked = try await verifier.ask(side == .eu ? "portrait" : "ca-age-19")
            citizen.follows(asked.uri)
            try await citizen.waits(on: .share)
            // Only in the Union does a verifier show what it is registered for.
            #expect(citizen.reads(citizen.words(side == .eu ? "share_what_for" : "share_no_purpose")))
            #expect(citizen.reads(citizen.words("share_first_time")))
            try await citizen.taps("share_yes")
            try await citizen.waits(for: citizen.words("share_sent"))
            #expect(try await verifier.verdict(on: asked)["verified"].isTrue)
            try await citizen.taps("done")
            try await citizen.taps("history_title")
            try await citizen.waits(for: citizen.words("outcome_sent"))
        }

        @Test func aWrongTransactionCodeCanBeTypedAgain() async throws {
            let citizen = try Citizen("fr")
            try await citizen.begins()
            citizen.follows(try await offer(.ca, code: "493027"))
            try await citizen.waits(for: citizen.words("tx_code_title"))
            try citizen.types("111111", into: "tx_code")
            try await citizen.taps("go_on")
            try await citizen.waits("the refusal") { citizen.model.receive.work.failure != nil }
            try citizen.types("493027", into: "tx_code")
            try await citizen.taps("go_on")
            try await citizen.waits(for: citizen.words("preview_title"))
            try await citizen.taps("preview_not_me")
            try await citizen.waits(for: citizen.words("receive_discarded"))
            try await citizen.taps("done")
            try await citizen.waits(for: citizen.words("documents_none"))
        }

        @Test(arguments: ["preview_no", "preview_not_me"]) func whatIsNotKeptIsGone(_ answer: String) async throws {
            let citizen = try Citizen()
            try await citizen.begins()
            let issuer = try await Loopback.Pilot.shared.issuer(.eu)
            citizen.follows(issuer.offer)
            try await citizen.waits(for: citizen.words("offer_title"))
            try await citizen.taps("go_on")
            try await citizen.taps(answer)
            try await citizen.waits(for: citizen.words("receive_discarded"))
            #expect(try await issuer.notified() == "credential_deleted")
            #expect(citizen.model.documents.credentials?.entries == [])
        }

        @Test(arguments: ["en", "fr"]) func noIsAsEasyAsYesAndTheVerifierLearnsNothing(_ language: String) async throws {
            let citizen = try Citizen(language)
            try await citizen.begins()
            try await citizen.receives(offer(.ca))
            let verifier = try await verifier(.ca)
            let asked = try await verifier.ask("ca-age-19")
            citizen.follows(asked.uri)
            try await citizen.waits(on: .share)
            let (no, yes) = (try citizen.host.control(citizen.words("share_no")), try citizen.host.control(citizen.words("share_yes")))
            #expect(no.look == yes.look, "both answers weigh the same")
            try await citizen.taps("share_no")
            try await citizen.waits(for: citizen.words("share_declined"))
            #expect(try await verifier.verdict(on: asked)["error"]["code"].text == "access_denied")
        }

        @Test func eachItemShowsItsValueOnATapAndNotBefore() async throws {
            let citizen = try Citizen()
            try await citizen.begins()
            try await citizen.receives(offer(.eu))
            citizen.follows(try await verifier(.eu).ask("portrait").uri)
            try await citizen.waits(on: .share)
            let items = citizen.host.controls.map(\.spoken).filter { $0.contains("Shows what they would get") }
            #expect(!items.isEmpty)
            #expect(citizen.host.screen.all.allSatisfy { $0.picture == nil })
            for item in items {
                try await citizen.tapsLabel(item)
                try await citizen.waits("its value") { !citizen.host.controls.contains { $0.spoken == item } }
            }
            try await citizen.waits("the portrait") { citizen.host.screen.all.contains { $0.picture != nil } }
            #expect(citizen.host.faults() == [])
        }

        @Test func aWrongPinIsCountedAndTheRecoveryKeyOpens() async throws {
            let citizen = try Citizen()
            let key = try await citizen.begins()
            try await citizen.taps("settings_title")
            try await citizen.taps("settings_lock_now")
            try await citizen.unlocks("000111")
            try await citizen.waits("the count of attempts") { citizen.reads("9") }
            try await citizen.taps("unlock_by_recovery_key")
            try await citizen.waits(on: .unlockByRecoveryKey)
            try citizen.types(key.lowercased().replacingOccurrences(of: "-", with: " "), into: "recovery_key")
            try await citizen.taps("unlock")
            try await citizen.waits(on: .documents)
        }

        @Test func aLinkWaitsUntilTheWalletIsUnlocked() async throws {
            let citizen = try Citizen("fr")
            try await citizen.begins()
            await citizen.model.settings.lock()
            try await citizen.waits(on: .unlock)
            citizen.follows(try await offer(.eu))
            try await citizen.waits(for: citizen.words("unlock_then_goes_on"))
            try await citizen.unlocks()
            try await citizen.waits(for: citizen.words("offer_title"))
        }

        @Test func aLinkDoesNotTakeTheRecoveryKeyAway() async throws {
            let citizen = try Citizen()
            try await citizen.waits(on: .begin)
            try citizen.types(Citizen.pin, into: "pin_new")
            try citizen.types(Citizen.pin, into: "pin_again")
            try await citizen.taps("begin_make")
            try await citizen.waits(on: .showRecoveryKey)
            citizen.follows(try await offer(.eu))
            try await citizen.confirmsRecoveryKey()
            try await citizen.waits(on: .offerBiometrics)
            #expect(citizen.model.links.isWaiting)
            try await citizen.taps("not_now")
            try await citizen.waits(for: citizen.words("offer_title"))
            #expect(citizen.model.newKey.shown == nil)
        }

        @Test func aLinkWaitsForADecision() async throws {
            let citizen = try Citizen()
            try await citizen.begins()
            try await citizen.receives(offer(.eu))
            citizen.follows(try await verifier(.eu).ask("portrait").uri)
            try await citizen.waits(on: .share)
            citizen.follows(try await offer(.ca))
            try await citizen.waits("it to wait") { citizen.model.links.isWaiting }
            #expect(citizen.reads(citizen.words("share_asks")))
            try await citizen.taps("share_no")
            try await citizen.taps("done")
            try await citizen.waits(for: citizen.words("offer_title"))
        }

        @Test(arguments: ["en", "fr"]) func withoutNetworkItSaysSoAndTriesAgainWhenAsked(_ language: String) async throws {
            let citizen = try Citizen(language)
            try await citizen.begins()
            citizen.network.isOnline = false
            let link = try await offer(.eu)
            citizen.follows(link)
            try await citizen.waits("the failure") { citizen.model.links.work.failure?.code == .networkUnreachable }
            #expect(citizen.reads(citizen.model.links.work.failure!.message(in: Locale(identifier: language))))
            citizen.network.isOnline = true
            try await citizen.receives(link)
        }

        @Test func anAnswerThatWasLostIsNeverCalledSent() async throws {
            let citizen = try Citizen()
            try await citizen.begins()
            try await citizen.receives(offer(.eu))
            let verifier = try await verifier(.eu)
            citizen.follows(try await verifier.ask("portrait").uri)
            try await citizen.waits(on: .share)
            citizen.network.losesAnswers(from: verifier.url)
            try await citizen.taps("share_yes")
            try await citizen.waits(for: citizen.words("share_uncertain"))
        }

        @Test func nothingThatFitsIsSaidBeforeTheVerifierHearsAnything() async throws {
            let citizen = try Citizen("fr")
            try await citizen.begins()
            let verifier = try await verifier(.eu)
            let asked = try await verifier.ask("portrait")
            citizen.follows(asked.uri)
            try await citizen.waits(for: citizen.words("share_nothing_fits"))
            #expect(!citizen.hasButton("share_yes"))
            #expect(try await verifier.status(of: asked) == "fetched")
        }

        @Test func whoIsOnNoListNeedsASecondYesThatIsNamed() async throws {
            let citizen = try Citizen(unverified: true)
            try await citizen.begins()
            try await citizen.receives(offer(.eu))
            let verifier = try await verifier(.eu)
            let asked = try await verifier.ask("portrait")
            citizen.follows(try await Attack.unsigned(asked))
            try await citizen.waits(for: citizen.words("share_unknown"))
            #expect(citizen.reads(citizen.words("party_unverified")))
            #expect(citizen.reads("localhost"), "who has no name is called by the address")
            #expect(citizen.hasButton("share_yes") && !citizen.canTap("share_yes"))
            let approval = try #require(citizen.host.controls.first { $0.kind == "toggle" })
            #expect(approval.value == "off")
            try citizen.host.tap(approval.spoken)
            #expect(citizen.canTap("share_yes"))
            try citizen.host.tap(approval.spoken)
            #expect(!citizen.canTap("share_yes"), "what was given can be taken back")
        }

        @Test(arguments: ["https://example.com/", "openid4vp://?", "openid-credential-offer://?credential_offer=%7B", "javascript:alert(1)", "openid://"])
        func whatIsNoLinkIsToldSo(_ link: String) async throws {
            let citizen = try Citizen()
            try await citizen.begins()
            try await citizen.taps("add_title")
            try await citizen.waits(on: .add)
            try citizen.types(link, into: "add_link")
            try await citizen.taps("go_on")
            try await citizen.waits("the refusal") { citizen.model.links.work.failure != nil && !citizen.model.links.work.isBusy }
            #expect(citizen.model.navigator.current == .add)
            #expect(citizen.host.faults() == [])
        }

        @Test func aDocumentIsLookedAtAndDeletedAfterASecondTap() async throws {
            let citizen = try Citizen()
            try await citizen.begins()
            try await citizen.receives(offer(.ca))
            let before = try #require(citizen.model.documents.credentials).entries.count
            let card = try #require(citizen.host.controls.first { $0.spoken.contains("Can be shown") })
            card.press()
            try await citizen.waits(for: citizen.words("document_contents"))
            #expect(!citizen.hasButton("delete_yes"))
            try await citizen.taps("delete_ask")
            try await citizen.taps("delete_yes")
            try await citizen.waits(on: .documents)
            try await citizen.waits("it to be gone") { citizen.model.documents.credentials?.entries.count == before - 1 }
        }

        @Test func theLanguageChangesAtOnce() async throws {
            let citizen = try Citizen("en")
            try await citizen.waits(for: "Your wallet")
            try await citizen.tapsLabel("Français")
            try await citizen.waits(for: "Votre portefeuille")
        }

        @Test func aPinThatDoesNotDoIsToldSo() async throws {
            let citizen = try Citizen()
            try await citizen.waits(on: .begin)
            try citizen.types("123", into: "pin_new")
            try await citizen.taps("begin_make")
            try await citizen.waits(for: citizen.words("pin_too_short"))
            try citizen.types("481516", into: "pin_new")
            try await citizen.taps("begin_make")
            try await citizen.waits(for: citizen.words("pin_different"))
        }
    }
}
