import Foundation
import Loopback
@_spi(Host) import SwiftUI
import Testing
import WalletCore
@testable import WalletDemo

extension Everything {
    /// What waits: links for decisions, and whoever mistyped the PIN for the next try.
    @MainActor @Suite struct WaitingTests {
        private func stocked() async throws -> (Citizen, Verifier) {
            let citizen = try Citizen()
            try await citizen.begins()
            try await citizen.receives(Loopback.Pilot.shared.issuer(.eu).offer)
            return (citizen, try await Loopback.Pilot.shared.verifier(.eu))
        }

        @Test func theSameLinkAgainIsTheSameQuestionFetchedOnce() async throws {
            let (citizen, verifier) = try await stocked()
            let asked = try await verifier.ask("portrait")
            try await citizen.isAsked(asked.uri)
            let calls = citizen.network.calls
            citizen.follows(asked.uri)
            try await citizen.waits("it to wait") { citizen.model.links.isWaiting }
            #expect(citizen.reads(citizen.words("share_asks")))
            try await citizen.locks()
            try await citizen.unlocks()
            try await citizen.waits("the question") { citizen.canTap("share_yes") }
            #expect(citizen.network.calls == calls, "nobody was asked again")
            try await citizen.taps("share_yes")
            try await citizen.waits(for: citizen.words("share_sent"))
            #expect(citizen.network.posts(to: verifier.url) == 1)
        }

        @Test func aNewLinkWaitsWhileSomethingIsDecidedAndComesAfterwards() async throws {
            let (citizen, verifier) = try await stocked()
            let second = try await verifier.ask("eu-pid-sd-jwt")
            try await citizen.isAsked(verifier.ask("portrait").uri)
            citizen.follows(second.uri)
            try await citizen.waits("it to wait") { citizen.model.links.isWaiting }
            #expect(try await verifier.status(of: second) == "waiting", "nobody was asked")
            try await citizen.taps("share_no")
            try await citizen.taps("done")
            try await citizen.waits("the second question") { citizen.canTap("share_yes") }
            #expect(try await verifier.status(of: second) == "fetched")
        }

        @Test func eachWrongPinWaitsLongerAndTheRightOneIsNotTriedBefore() async throws {
            let citizen = try Citizen("fr")
            try await citizen.begins()
            try await citizen.locks()
            for wait: Int64 in [0, 0, 0, 30] {
                citizen.clock.goesOn(seconds: wait)
                citizen.model.unlock.work.clear()
                try await citizen.unlocks("000111")
                try await citizen.waits("the refusal") { citizen.model.unlock.work.failure?.code == .pinWrong && !citizen.model.unlock.work.isBusy }
            }
            for wait: Int64 in [0, 50] {
                citizen.clock.goesOn(seconds: wait)
                citizen.model.unlock.work.clear()
                try await citizen.unlocks()
                try await citizen.waits("the wait") { citizen.model.unlock.work.failure?.code == .pinWait && !citizen.model.unlock.work.isBusy }
                #expect(citizen.reads(citizen.words("unlock_wait_about")))
                #expect(citizen.reads(citizen.words("unlock_wait %@").components(separatedBy: "%")[0]))
            }
            citizen.clock.goesOn(seconds: 10)
            try await citizen.unlocks()
            try await citizen.waits(on: .documents)
        }
    }
}
