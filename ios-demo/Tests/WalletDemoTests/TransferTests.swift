import Foundation
import Loopback
@_spi(Host) import SwiftUI
import Testing
import WalletCore
@testable import WalletDemo

extension Everything {
    /// A wallet that goes to another phone, and to another wallet.
    @MainActor @Suite struct TransferTests {
        private let passphrase = "four words nobody guesses"

        private func opens(_ citizen: Citizen, _ title: String, _ screen: Screen) async throws {
            try await citizen.isInSettings()
            try await citizen.taps(title)
            try await citizen.waits(on: screen)
        }

        private func types(_ citizen: Citizen, _ passphrase: String, again: String) throws {
            try citizen.types(passphrase, into: "passphrase")
            try citizen.types(again, into: "passphrase_again")
        }

        @Test func aBackupIsSavedTheWalletErasedAndMadeAnewFromIt() async throws {
            let citizen = try Citizen()
            let before = try await citizen.begins()
            try await citizen.receives(Loopback.Pilot.shared.issuer(.eu).offer)
            try await opens(citizen, "backup_title", .backUp)
            try types(citizen, "short", again: "short")
            try await citizen.taps("choose_place")
            try await citizen.waits(for: citizen.words("passphrase_too_short"))
            try types(citizen, passphrase, again: "another one")
            try await citizen.taps("choose_place")
            try await citizen.waits(for: citizen.words("passphrase_different"))
            try types(citizen, passphrase, again: passphrase)
            try await citizen.taps("choose_place")
            let backup = try await citizen.saves()
            try await citizen.waits(for: citizen.words("file_saved"))
            #expect(backup.name == citizen.words("backup_file"))
            #expect(backup.bytes.range(of: Data("Vandermeer".utf8)) == nil, "it is encrypted")
            #expect(try citizen.host.control(citizen.words("passphrase")).value == "", "the passphrase is forgotten")

            citizen.model.recovery.startErasing()
            try await citizen.waits(on: .erase)
            try citizen.ticks()
            try await citizen.taps("erase_yes")
            try await citizen.waits(on: .begin)
            try await citizen.taps("restore_title")
            try await citizen.waits(on: .restore)
            try citizen.types("the wrong passphrase", into: "passphrase")
            try citizen.types(Citizen.pin, into: "pin_new")
            try citizen.types(Citizen.pin, into: "pin_again")
            try await citizen.taps("choose_file")
            try await citizen.chooses(backup.bytes)
            try await citizen.waits("the refusal") { citizen.model.transfer.work.failure?.code == .backupPassphraseWrong }
            #expect(!citizen.hasVault, "nothing is left of it")

            try citizen.types(passphrase, into: "passphrase")
            try await citizen.taps("choose_file")
            try await citizen.chooses(backup.bytes)
            let after = try await citizen.confirmsRecoveryKey()
            #expect(after != before)
            try await citizen.waits(on: .offerBiometrics)
            try await citizen.taps("not_now")
            // Keys in the Secure Enclave stay in the old phone, so what they belong to is asked for again.
            try await citizen.taps("reissue_see")
            try await citizen.waits(for: citizen.words("reissue_key_stayed"))
            let waiting = citizen.model.documents.toReissue.count
            let dismiss = try #require(citizen.host.controls.first { $0.spoken == citizen.words("reissue_dismiss") })
            dismiss.press()
            try await citizen.taps("delete_yes")
            try await citizen.waits("that it is off the list") { citizen.model.documents.toReissue.count == waiting - 1 }

            try await citizen.locks()
            #expect(Set(citizen.model.unlock.guards) == [.pin, .recoveryKey], "the passphrase was for the way only")
            try await citizen.unlocks()
            try await citizen.waits(on: .documents)
        }

        @Test func aFileThatIsNoBackupIsRefusedAndNothingIsLeft() async throws {
            let citizen = try Citizen("fr")
            try await citizen.waits(on: .begin)
            try await citizen.taps("restore_title")
            try await citizen.waits(on: .restore)
            try citizen.types(passphrase, into: "passphrase")
            try citizen.types(Citizen.pin, into: "pin_new")
            try citizen.types(Citizen.pin, into: "pin_again")
            try await citizen.taps("choose_file")
            try await citizen.chooses(Data("no backup".utf8))
            try await citizen.waits("the refusal") { citizen.model.transfer.work.failure?.code == .backupUnreadable }
            #expect(!citizen.hasVault)
            citizen.model.navigator.back()
            try await citizen.begins()
        }

        @Test func theListOfAnotherWalletIsTakenOverAndItsHistoryStandsApart() async throws {
            let other = try await TestWallet.stocked()
            let list = Data(try await other.exportMigration(passphrase: Secret(passphrase)).object.utf8)
            let citizen = try Citizen("fr")
            try await citizen.begins()
            try await opens(citizen, "move_in_title", .moveIn)
            try citizen.types(passphrase, into: "passphrase")
            try await citizen.taps("choose_file")
            try await citizen.chooses(Data(count: 5 << 20))
            try await citizen.waits("the refusal") { citizen.model.transfer.work.failure?.code == .backupTooLarge }
            try await citizen.taps("choose_file")
            try await citizen.chooses(list)
            try await citizen.taps("reissue_see")
            try await citizen.waits(for: citizen.words("reissue_moved"))
            #expect(citizen.model.documents.toReissue.count > 1)
            await citizen.model.history.open()
            try await citizen.waits(for: citizen.words("history_past"))
            #expect(citizen.reads(citizen.words("history_past_about")))
            #expect(citizen.model.history.entries.count == 1, "what the other wallet wrote is no entry of this one")
            #expect(!citizen.model.history.past.isEmpty)
            try await citizen.taps("history_export")
            let text = String(decoding: try await citizen.saves().bytes, as: UTF8.self)
            #expect(text.contains(citizen.words("history_moved_in")) && !text.contains("localhost"), "nor is it saved as one")
        }

        @Test func aListForAnotherWalletIsSaved() async throws {
            let citizen = try Citizen()
            try await citizen.begins()
            try await citizen.receives(Loopback.Pilot.shared.issuer(.ca).offer)
            try await opens(citizen, "move_out_title", .moveOut)
            try types(citizen, passphrase, again: passphrase)
            try await citizen.taps("choose_place")
            let written = try await citizen.saves()
            try await citizen.waits(for: citizen.words("file_saved"))
            #expect(written.name == citizen.words("move_file"))
            let taken = try await TestWallet.make().importMigration(written.bytes, passphrase: Secret(passphrase))
            #expect(taken.known == 0 && taken.credentials > 0)
        }

        @Test func aDocumentSaysHowWellItsKeysAreProtected() async throws {
            let citizen = try Citizen("fr")
            try await citizen.begins()
            try await citizen.receives(Loopback.Pilot.shared.issuer(.eu).offer)
            try #require(citizen.host.controls.first).press()
            try await citizen.waits(for: citizen.words("document_contents"))
            #expect(citizen.model.documents.document?.protection?.level == .secureElement)
            #expect(citizen.reads(try keyLevelText(level: .secureElement, locale: "fr")))
        }
    }
}
