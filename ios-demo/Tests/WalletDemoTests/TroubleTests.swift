import Foundation
import Loopback
@_spi(Host) import SwiftUI
import Testing
import WalletCore
@testable import WalletDemo

extension Everything {
    /// Networks that fail, and what the citizen is told then.
    @MainActor @Suite struct TroubleTests {
        private func stocked(_ language: String = "en") async throws -> (Citizen, Verifier) {
            let citizen = try Citizen(language)
            try await citizen.begins()
            try await citizen.receives(Loopback.Pilot.shared.issuer(.eu).offer)
            return (citizen, try await Loopback.Pilot.shared.verifier(.eu))
        }

        @Test func withoutNetworkAnAnswerIsNotSentWhichIsSaidAndItCanBeGivenLater() async throws {
            let (citizen, verifier) = try await stocked()
            let asked = try await verifier.ask("portrait")
            try await citizen.isAsked(asked.uri)
            citizen.network.isOnline = false
            try await citizen.taps("share_yes")
            try await citizen.waits(for: citizen.words("share_failed"))
            #expect(try await verifier.status(of: asked) == "fetched")
            try await citizen.isDone()
            citizen.network.isOnline = true
            try await citizen.isAsked(asked.uri)
            try await citizen.taps("share_yes")
            try await citizen.waits(for: citizen.words("share_sent"))
            #expect(try await verifier.verdict(on: asked)["verified"].isTrue)
        }

        @Test(arguments: [false, true]) func whenTheAnswerBreaksOffItIsPerhapsReceivedAndNeverSentAgainByItself(_ arrives: Bool) async throws {
            let (citizen, verifier) = try await stocked("fr")
            let asked = try await verifier.ask("portrait")
            try await citizen.isAsked(asked.uri)
            if arrives { citizen.network.losesAnswers(from: verifier.url) } else { citizen.network.breaksOff(to: verifier.url) }
            let posts = citizen.network.posts(to: verifier.url)
            try await citizen.taps("share_yes")
            try await citizen.waits(for: citizen.words("share_uncertain"))
            citizen.network.losesAnswers(from: nil)
            citizen.network.breaksOff(to: nil)
            #expect(try await verifier.status(of: asked) == (arrives ? "done" : "fetched"))
            try await citizen.isDone()
            #expect(citizen.network.posts(to: verifier.url) == posts + 1)
            try await citizen.taps("history_title")
            try await citizen.waits(for: citizen.words("outcome_unknown"))
        }

        @Test func aNoThatBreaksOffSharedNothingAndSaysThatItWasPerhapsNotHeard() async throws {
            let (citizen, verifier) = try await stocked()
            try await citizen.isAsked(verifier.ask("portrait").uri)
            citizen.network.breaksOff(to: verifier.url)
            try await citizen.taps("share_no")
            try await citizen.waits(for: citizen.words("share_declined"))
            #expect(citizen.reads("not certain") && !citizen.reads(citizen.words("share_uncertain")))
        }

        @Test func whenReceivingBreaksOffNothingIsKeptAndTheNextOfferIsTaken() async throws {
            let citizen = try Citizen("fr")
            try await citizen.begins()
            citizen.follows(try await Loopback.Pilot.shared.issuer(.eu).offer)
            try await citizen.waits(for: citizen.words("offer_title"))
            citizen.network.breaksOff(to: "/credential")
            try await citizen.taps("go_on")
            try await citizen.waits(for: citizen.words("receive_failed"))
            #expect(citizen.reads(citizen.words("receive_lost")) && citizen.canTap("try_again"))
            citizen.network.breaksOff(to: nil)
            try await citizen.isDone()
            try await citizen.waits(for: citizen.words("documents_none"))
            try await citizen.receives(Loopback.Pilot.shared.issuer(.eu).offer)
        }

        @Test func theSameLinkIsTriedAgainByATap() async throws {
            let citizen = try Citizen()
            try await citizen.begins()
            citizen.follows(try await Loopback.Pilot.shared.issuer(.eu).offer)
            try await citizen.waits(for: citizen.words("offer_title"))
            citizen.network.breaksOff(to: "/token")
            try await citizen.taps("go_on")
            try await citizen.waits(for: citizen.words("receive_failed"))
            citizen.network.breaksOff(to: nil)
            try await citizen.taps("try_again")
            try await citizen.waits(for: citizen.words("offer_title"))
        }

        @Test func aDocumentThatIsThereAlreadyIsSaidToBeSo() async throws {
            let (citizen, _) = try await stocked("fr")
            citizen.follows(try await Loopback.Pilot.shared.issuer(.eu).offer)
            try await citizen.waits(for: citizen.words("offer_title"))
            try await citizen.taps("go_on")
            try await citizen.waits(for: citizen.words("receive_known"))
        }
    }
}
