import Foundation
@_spi(Phone) import LocalAuthentication
import Loopback
@_spi(Host) import SwiftUI
import Testing
import WalletCore
@testable import WalletDemo

extension Everything {
    /// The app goes to the background, is ended, or is ended while something is under way.
    @MainActor @Suite struct LifeTests {
        @Test func inTheAppSwitcherNothingPersonalIsSeen() async throws {
            let citizen = try Citizen()
            try await citizen.begins()
            #expect(!citizen.host.screen.all.contains { $0.image == "lock.shield" })
            citizen.host.set { $0.scenePhase = .inactive }
            let cover = try #require(citizen.host.screen.all.last { $0.styles["background"] == "background" })
            #expect(cover.spoken == citizen.words("app_name"), "the last thing drawn lies over everything")
        }

        @Test func arecordedScreenSaysSo() async throws {
            let citizen = try Citizen("fr")
            try await citizen.begins()
            citizen.host.set { $0.isSceneCaptured = true }
            #expect(citizen.reads(citizen.words("screen_captured")))
        }

        @Test func inTheBackgroundTheWalletIsClosedAndAsksAgain() async throws {
            let citizen = try Citizen()
            try await citizen.begins()
            citizen.goesToTheBackground()
            citizen.comesBack()
            try await citizen.waits(on: .unlock)
            try await citizen.unlocks()
            try await citizen.waits(for: citizen.words("documents_none"))
        }

        @Test func inTheBackgroundNobodyOpensTheFileAgain() async throws {
            let citizen = try Citizen()
            try await citizen.begins()
            citizen.goesToTheBackground()
            try await citizen.waits(on: .unlock)
            #expect(citizen.model.documents.credentials == nil && citizen.model.history.log == nil)
            try await citizen.waits("the file to be closed") { !FileManager.default.fileExists(atPath: citizen.vault.path + "-wal") }
            try await Task.sleep(for: .milliseconds(200))
            #expect(!FileManager.default.fileExists(atPath: citizen.vault.path + "-wal"), "and nobody opened it again")
        }

        @Test func anOfferIsThereAgainAfterTheCitizenLookedForTheCode() async throws {
            let citizen = try Citizen()
            try await citizen.begins()
            citizen.follows(try await Loopback.Pilot.shared.issuer(.ca, transactionCode: "493027").offer)
            try await citizen.waits(for: citizen.words("tx_code_title"))
            citizen.goesToTheBackground()
            citizen.comesBack()
            try await citizen.unlocks()
            try await citizen.waits(for: citizen.words("tx_code_title"))
        }

        @Test func whatWasReceivedWaitsForAYesAfterTheAppWasEnded() async throws {
            let before = try Citizen()
            try await before.begins()
            before.follows(try await Loopback.Pilot.shared.issuer(.eu).offer)
            try await before.waits(for: before.words("offer_title"))
            try await before.taps("go_on")
            try await before.waits(for: before.words("preview_title"))
            before.goesToTheBackground()
            let after = try Citizen(continuing: before)
            try await after.unlocks()
            try await after.waits(for: after.words("preview_title"))
            try await after.taps("preview_keep")
            try await after.taps("done")
            try await after.waits("the document") { after.model.documents.credentials?.entries.isEmpty == false }
        }

        @Test func aRequestWaitsForAnAnswerAfterTheAppWasEnded() async throws {
            let before = try Citizen()
            try await before.begins()
            try await before.receives(Loopback.Pilot.shared.issuer(.eu).offer)
            let verifier = try await Loopback.Pilot.shared.verifier(.eu)
            let asked = try await verifier.ask("portrait")
            before.follows(asked.uri)
            try await before.waits(on: .share)
            before.goesToTheBackground()
            let after = try Citizen(continuing: before)
            try await after.unlocks()
            try await after.waits(for: after.words("share_asks"))
            try await after.taps("share_yes")
            try await after.waits(for: after.words("share_sent"))
            #expect(try await verifier.verdict(on: asked)["verified"].isTrue)
        }

        @Test func outsideTheVaultNothingIsKeptButWhatWasChosenAndOneWord() async throws {
            let citizen = try Citizen("fr")
            try await citizen.begins()
            try await citizen.receives(Loopback.Pilot.shared.issuer(.eu).offer)
            citizen.model.preferences.choose(language: "fr")
            citizen.model.preferences.lock(afterMinutes: 1)
            try await citizen.isAsked(Loopback.Pilot.shared.verifier(.eu).ask("portrait").uri)
            let saved = UserDefaults(suiteName: citizen.service)!
            try await citizen.waits("the word") { saved.string(forKey: ShortLife.word) == Underway.share.rawValue }
            let kept = try #require(saved.persistentDomain(forName: citizen.service))
            #expect(Set(kept.keys) == ["language", "lock_after_minutes", "underway"])
            #expect(kept["language"] as? String == "fr" && kept["lock_after_minutes"] as? Int == 1)
            let files = try FileManager.default.contentsOfDirectory(atPath: citizen.vault.deletingLastPathComponent().path)
            #expect(Set(files).isSubset(of: ["vault.db", "vault.db-wal", "vault.db-shm"]))
        }

        @Test func theRecoveryKeyStaysOnTheScreenWhileTheCitizenFetchesAPen() async throws {
            let citizen = try Citizen()
            try await citizen.waits(on: .begin)
            try citizen.types(Citizen.pin, into: "pin_new")
            try citizen.types(Citizen.pin, into: "pin_again")
            try await citizen.taps("begin_make")
            try await citizen.waits(on: .showRecoveryKey)
            citizen.goesToTheBackground()
            citizen.comesBack()
            try await citizen.confirmsRecoveryKey()
            try await citizen.unlocks()
            try await citizen.waits(for: citizen.words("documents_none"))
        }
    }
}
