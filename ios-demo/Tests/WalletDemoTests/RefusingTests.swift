import Foundation
import Loopback
@_spi(Host) import SwiftUI
import Testing
import WalletCore
@testable import WalletDemo

extension Everything {
    /// Requests that are not what they say, or of whom nobody knows who sent them.
    @MainActor @Suite struct RefusingTests {
        /// It is said plainly, there is nothing to agree to, and nobody hears a word.
        private func isRefused(_ citizen: Citizen, _ link: String, _ code: Code) async throws {
            let posts = citizen.network.posts(to: "")
            citizen.follows(link)
            try await citizen.waits("the refusal \(code)") { citizen.model.links.work.failure?.code == code }
            let (failure, locale) = (citizen.model.links.work.failure!, Locale(identifier: citizen.language))
            #expect(citizen.model.navigator.current == .documents)
            #expect(citizen.reads(failure.message(in: locale)) && citizen.reads(failure.action(in: locale)))
            #expect(!citizen.hasButton("share_yes"))
            #expect(citizen.network.posts(to: "") == posts, "nothing was posted to anybody")
        }

        @Test(arguments: ["en", "fr"]) func attackedRequestsHaveNoShareButtonTellNobodyAndAreInTheHistory(_ language: String) async throws {
            let citizen = try Citizen(language)
            try await citizen.begins()
            try await citizen.receives(Loopback.Pilot.shared.issuer(.eu).offer)
            let verifier = try await Loopback.Pilot.shared.verifier(.eu)
            try await isRefused(citizen, Attack.takingTheAnswer(verifier.ask("portrait")), .requestSignatureInvalid)
            try await isRefused(citizen, Attack.takingTheSignatureAway(verifier.ask("portrait")), .jwsMalformed)
            try await isRefused(citizen, Attack.sayingAnotherName(verifier.ask("portrait")), .clientIdMismatch)
            try await citizen.taps("history_title")
            try await citizen.waits(for: language == "en" ? "3 requests that were not genuine" : "3 demandes non authentiques")
        }

        @Test func aRequestFromNobodyIsRefused() async throws {
            let citizen = try Citizen("fr")
            try await citizen.begins()
            let asked = try await Loopback.Pilot.shared.verifier(.eu).ask("portrait")
            try await isRefused(citizen, Attack.unsigned(asked), .verifierUnverified)
        }

        @Test func aVerifierOnNoListIsRefused() async throws {
            let citizen = try Citizen(unlisted: true)
            try await citizen.begins()
            try await isRefused(citizen, Loopback.Pilot.shared.verifier(.eu).ask("portrait").uri, .anchorUnknown)
        }

        @Test func aRequestThatIsTooOldIsRefused() async throws {
            let citizen = try Citizen()
            try await citizen.begins()
            let asked = try await Loopback.Pilot.shared.verifier(.eu).ask("portrait")
            citizen.clock.goesOn(seconds: 3600)
            try await citizen.waits(on: .unlock)
            citizen.follows(asked.uri)
            try await citizen.unlocks()
            try await citizen.waits("the refusal") { citizen.model.links.work.failure?.code == .requestExpired }
            #expect(citizen.network.posts(to: "") == 0)
        }
    }
}
