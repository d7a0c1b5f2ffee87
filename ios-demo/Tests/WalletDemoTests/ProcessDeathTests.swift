import Foundation
import Loopback
@_spi(Phone) import Security
@_spi(Host) import SwiftUI
import Testing
import WalletCore
@testable import WalletDemo

extension Everything {
    /// A process is killed in the middle of each flow. The next life of the app has the vault's folder, the phone's keys and
    /// one word; it comes back to the same place, or says what happened, and sends nothing twice.
    @MainActor @Suite struct ProcessDeathTests {
        private let belongings = ShortLife.Belongings(folder: Project.temporaryFolder(), service: UUID().uuidString)

        /// A life that gets to this moment, and the next one.
        private func afterDeath(at moment: ShortLife.Moment, _ links: String...) async throws -> (Underway?, Citizen) {
            let trusted = TrustOnDisk(folder: belongings.trusted)
            try trusted.write(await PilotTrust(withoutVerifiers: false).lists())
            let word = try await ShortLife.isKilled(at: moment, belongings, links)
            try Security.Keychain.lasts(in: belongings.keychain)
            UserDefaults(suiteName: belongings.service)!.set(word?.rawValue, forKey: ShortLife.word)
            return (word, try Citizen(folder: belongings.vault, service: belongings.service, trusted: trusted))
        }

        @Test func whileTheRecoveryKeyIsShownTheWalletIsBegunAnew() async throws {
            let (_, citizen) = try await afterDeath(at: .recoveryKey)
            try await citizen.waits(for: citizen.words("begin_broken_off"))
            #expect(!citizen.hasVault)
            try await citizen.begins()
        }

        @Test func whileALinkWaitsItIsSaidThatItWasLost() async throws {
            let offer = try await Loopback.Pilot.shared.issuer(.eu).offer
            let (word, citizen) = try await afterDeath(at: .linkWaits, offer)
            #expect(word == .link)
            try await citizen.unlocks()
            try await citizen.waits(for: citizen.words("interrupted_link"))
            citizen.follows(offer)
            try await citizen.waits(for: citizen.words("offer_title"))
        }

        @Test func beforeTheCodeItIsSaidThatNothingWasReceivedAndTheSameLinkGoesOn() async throws {
            let offer = try await Loopback.Pilot.shared.issuer(.eu).offer
            let (word, citizen) = try await afterDeath(at: .offer, offer)
            #expect(word == .receive)
            try await citizen.unlocks()
            try await citizen.waits(for: citizen.words("interrupted_receive"))
            try await citizen.taps("interrupted_read")
            try await citizen.waits("that it is said no more") { !citizen.reads(citizen.words("interrupted_receive")) }
            #expect(citizen.model.underway == nil)
            try await citizen.receives(offer)
        }

        @Test func afterThePreviewTheSamePreviewIsThereAndIsKeptOnce() async throws {
            let issuer = try await Loopback.Pilot.shared.issuer(.eu)
            let (word, citizen) = try await afterDeath(at: .preview, issuer.offer)
            #expect(word == .receive)
            try await citizen.unlocks()
            try await citizen.taps("preview_keep")
            try await citizen.isDone()
            #expect(!citizen.reads(citizen.words("interrupted_receive")))
            #expect(try await issuer.notified() == "credential_accepted")
            #expect(citizen.network.posts(to: "/credential") == 0, "the credential was not asked for again")
        }

        @Test func whileConsentIsAskedForTheSameQuestionIsThereAndIsAnsweredOnce() async throws {
            let (offer, verifier) = try await (Loopback.Pilot.shared.issuer(.eu).offer, Loopback.Pilot.shared.verifier(.eu))
            let asked = try await verifier.ask("portrait")
            let (word, citizen) = try await afterDeath(at: .consent, offer, asked.uri)
            #expect(word == .share)
            try await citizen.unlocks()
            try await citizen.waits("the question") { citizen.canTap("share_yes") }
            #expect(citizen.network.calls == 0, "the request was not fetched again")
            try await citizen.taps("share_yes")
            try await citizen.waits(for: citizen.words("share_sent"))
            #expect(try await verifier.verdict(on: asked)["verified"].isTrue)
            #expect(citizen.network.posts(to: "/response/") == 1)
        }

        @Test func whileAnAnswerIsOnItsWayItIsSaidSoAndItIsNotSentAgain() async throws {
            let (offer, verifier) = try await (Loopback.Pilot.shared.issuer(.eu).offer, Loopback.Pilot.shared.verifier(.eu))
            let asked = try await verifier.ask("portrait")
            let (word, citizen) = try await afterDeath(at: .sending, offer, asked.uri)
            #expect(word == .share)
            #expect(try await verifier.verdict(on: asked)["verified"].isTrue, "it has arrived")
            try await citizen.unlocks()
            try await citizen.waits(for: citizen.words("interrupted_share"))
            citizen.follows(asked.uri)
            try await citizen.waits("the refusal") { citizen.model.links.work.failure?.code == .alreadySending }
            #expect(citizen.network.calls == 0, "nothing was sent again")
            try await citizen.taps("history_title")
            try await citizen.waits(for: citizen.words("outcome_unknown"))
            #expect(!citizen.reads(citizen.words("outcome_sent")), "it is not called sent")
        }
    }
}
