import Foundation
import Loopback
@_spi(Host) import SwiftUI
import Testing
import WalletCore
@testable import WalletDemo

extension Everything {
    /// What a verifier is registered for, as a citizen sees it before a yes and after it (EU-42, EU-43).
    @MainActor @Suite struct RegistrationTests {
        /// Somebody with the documents of the European issuer who is asked for some of it.
        private func asked(_ language: String, _ registration: String, sameDevice: Bool = false) async throws -> Citizen {
            let citizen = try Citizen(language)
            try await citizen.begins()
            try await citizen.receives(Loopback.Pilot.shared.issuer(.eu).offer)
            let verifier = try await Loopback.Pilot.shared.verifier(.eu)
            citizen.follows(try await verifier.ask("eu-pid-sd-jwt", registration: registration, sameDevice: sameDevice).uri)
            try await citizen.waits(on: .share)
            return citizen
        }

        private func ticks(_ citizen: Citizen) -> Int { citizen.host.controls.filter { $0.kind == "toggle" }.count }

        private func shares(_ citizen: Citizen) async throws {
            try await citizen.taps("share_yes")
            try await citizen.waits(for: citizen.words("share_sent"))
        }

        private func looksAtTheLastEntry(_ citizen: Citizen) async throws {
            try await citizen.isDone()
            try await citizen.taps("history_title")
            try await citizen.waits(for: citizen.words("outcome_sent"))
            try #require(citizen.host.controls.first { $0.spoken.contains(citizen.words("outcome_sent")) }).press()
            try await citizen.waits(for: citizen.words("history_entry"))
        }

        @Test(arguments: ["en", "fr"]) func whoSaysWhatForNeedsNoSecondYesAndRightsAreATapAway(_ language: String) async throws {
            let citizen = try await asked(language, "fitting")
            try await citizen.waits(for: citizen.words("share_what_for"))
            #expect(citizen.canTap("share_yes") && ticks(citizen) == 0)
            #expect(!citizen.reads(citizen.words("share_no_purpose")) && !citizen.reads(citizen.words("share_more_than_registered")))
            let privacy = try #require(citizen.host.controls.first { $0.spoken.hasPrefix(citizen.words("share_privacy")) })
            privacy.press()
            try await citizen.waits("the page") { citizen.host.opened.count == 1 }
            #expect(citizen.host.opened[0].scheme == "https")
            #expect(citizen.model.navigator.current == .share, "the question still stands")
            try await shares(citizen)
            try await looksAtTheLastEntry(citizen)
            #expect(citizen.reads(citizen.words("history_what_for %@", "")) && citizen.reads(citizen.words("share_privacy")))
        }

        @Test func whatIsMoreThanTheyRegisteredIsMarkedAndNeedsASecondYes() async throws {
            let citizen = try await asked("en", "narrow")
            try await citizen.waits(for: citizen.words("share_more"))
            guard case .asked(let question) = citizen.model.share.state else { return #expect(Bool(false), "nothing is asked") }
            let claims = question.details.questions.flatMap { $0.candidates[0].options[0].claims }
            let marks = citizen.host.texts.filter { $0 == citizen.words("share_more_than_registered") }.count
            #expect(marks == claims.dropFirst().map(\.locations.count).reduce(0, +), "each claim but the first")
            #expect(ticks(citizen) == 1 && !citizen.canTap("share_yes"))
            try citizen.ticks()
            try await citizen.waits("Share") { citizen.canTap("share_yes") }
            try await shares(citizen)
            try await looksAtTheLastEntry(citizen)
            #expect(citizen.reads(citizen.words("history_asked_more %@", "")))
        }

        @Test func aRegistrationThatIsOverSaysNothingAndNeedsASecondYes() async throws {
            let citizen = try await asked("fr", "expired")
            try await citizen.waits(for: citizen.words("share_unconfirmed"))
            #expect(citizen.reads(citizen.words("share_no_purpose")))
            #expect(!citizen.reads(citizen.words("share_privacy")), "nothing that it says is believed")
            #expect(!citizen.canTap("share_yes"))
            try citizen.ticks()
            try await citizen.waits("Share") { citizen.canTap("share_yes") }
        }

        @Test func whoShowsNoRegistrationGaveNoReason() async throws {
            let citizen = try await asked("en", "absent")
            try await citizen.waits(for: citizen.words("share_no_purpose"))
            #expect(citizen.canTap("share_yes"))
        }

        @Test func whoCameFromTheirPageGoesBackThere() async throws {
            let citizen = try await asked("en", "fitting", sameDevice: true)
            try await shares(citizen)
            let goOn = try #require(citizen.host.controls.first { $0.spoken.hasPrefix(citizen.words("share_go_on %@", "")) })
            goOn.press()
            try await citizen.waits("the page") { citizen.host.opened.count == 1 }
            #expect(citizen.model.navigator.current == .documents)
        }
    }
}
