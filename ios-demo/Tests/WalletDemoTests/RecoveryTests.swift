import Foundation
@_spi(Host) import Accessibility
@_spi(Phone) import LocalAuthentication
import Loopback
@_spi(Host) import SwiftUI
import Testing
import WalletCore
@testable import WalletDemo

extension Everything {
    /// Getting back into a wallet, who is let in besides, and the warning before it locks itself.
    @MainActor @Suite struct RecoveryTests {
        private func opens(_ citizen: Citizen, by key: String, _ button: String) async throws {
            try await citizen.taps("unlock_by_recovery_key")
            try await citizen.waits(on: .unlockByRecoveryKey)
            try citizen.types(key, into: "recovery_key")
            try await citizen.taps(button)
        }

        @Test func aForgottenPinIsReplacedWithTheRecoveryKeyAndTheOldOneIsRefused() async throws {
            let citizen = try Citizen("fr")
            let key = try await citizen.begins()
            try await citizen.locks()
            try await opens(citizen, by: key.lowercased(), "recovery_new_pin")
            try await citizen.waits(on: .newPin)
            try citizen.types("592035", into: "pin_new")
            try citizen.types("592036", into: "pin_again")
            try await citizen.taps("pin_set")
            try await citizen.waits(for: citizen.words("pin_different"))
            try citizen.types("592035", into: "pin_again")
            try await citizen.taps("pin_set")
            try await citizen.waits(on: .documents)
            try await citizen.locks()
            try await citizen.unlocks()
            try await citizen.waits("the refusal") { citizen.model.unlock.work.failure?.code == .pinWrong }
            try await citizen.unlocks("592035")
            try await citizen.waits(on: .documents)
        }

        @Test func aRecoveryKeyThatIsMistypedSaysWhere() async throws {
            let citizen = try Citizen()
            let groups = try await citizen.begins().split(separator: "-").map(String.init)
            try await citizen.locks()
            try await opens(citizen, by: (groups.prefix(2) + ["UUU"] + groups.dropFirst(3)).joined(separator: "-"), "unlock")
            try await citizen.waits(for: citizen.words("recovery_slip_length %lld %lld", "3", "3"))
            #expect(citizen.reads(citizen.words("recovery_slip_character %lld %@", "3", "U")))
            #expect(try citizen.host.control(citizen.words("recovery_key")).value?.contains(groups[6]) == true, "what was typed stays")
            try citizen.types(groups.dropLast().joined(separator: " "), into: "recovery_key")
            try await citizen.taps("unlock")
            try await citizen.waits(for: citizen.words("recovery_slip_count %lld", "6"))
            // Two groups changed places: only the check digits can tell.
            try citizen.types(([groups[1], groups[0]] + groups.dropFirst(2)).joined(separator: " "), into: "recovery_key")
            try await citizen.taps("unlock")
            try await citizen.waits(for: citizen.words("recovery_slip_somewhere"))
            // As it stands in the file, numbers and all.
            try citizen.types(groups.enumerated().map { "\($0 + 1). \($1)" }.joined(separator: "\r\n"), into: "recovery_key")
            try await citizen.taps("unlock")
            try await citizen.waits(on: .documents)
        }

        private final class PlayedPrinter: WalletDemo.Printer {
            @MainActor var printed: [Sheet] = []
            @MainActor func print(_ sheet: Sheet) { printed.append(sheet) }
        }

        @Test func theRecoveryKeyIsSavedAndPrintedWhereThatIsPossible() async throws {
            let citizen = try Citizen("fr")
            let printer = PlayedPrinter()
            try await citizen.waits(on: .begin)
            try citizen.types(Citizen.pin, into: "pin_new")
            try citizen.types(Citizen.pin, into: "pin_again")
            try await citizen.taps("begin_make")
            try await citizen.waits(on: .showRecoveryKey)
            #expect(!citizen.hasButton("recovery_print"), "without a printer there is no such button")
            citizen.host.set { $0.printer = printer }
            let groups = try #require(citizen.model.newKey.shown).groups
            try await citizen.taps("recovery_print")
            try await citizen.waits("the page") { printer.printed.count == 1 }
            #expect(printer.printed[0].lines == groups.enumerated().map { "\($0 + 1). \($1)" })
            try await citizen.taps("recovery_save")
            let file = try await citizen.saves()
            try await citizen.waits(for: citizen.words("file_saved"))
            #expect(file.name == citizen.words("recovery_file"))
            #expect(String(decoding: file.bytes, as: UTF8.self) == printer.printed[0].text)
            #expect(citizen.model.files.outgoing == nil, "the app keeps none of it")
            try await citizen.confirmsRecoveryKey()
            try await citizen.waits(on: .offerBiometrics)
            #expect(citizen.model.newKey.shown == nil)
        }

        @Test func aWalletIsErasedOnlyWithATickAndASecondTapAndBeginsAnew() async throws {
            let citizen = try Citizen()
            try await citizen.begins()
            try await citizen.receives(Loopback.Pilot.shared.issuer(.eu).offer)
            #expect(try await !citizen.keys().isEmpty)
            try await citizen.locks()
            try await citizen.taps("unlock_by_recovery_key")
            try await citizen.taps("recovery_lost")
            try await citizen.waits(on: .erase)
            #expect(!citizen.canTap("erase_yes"))
            let (no, yes) = (try citizen.host.control(citizen.words("cancel")), try citizen.host.control(citizen.words("erase_yes")))
            #expect(no.leastHeight == yes.leastHeight)
            try citizen.ticks()
            try await citizen.taps("erase_yes")
            try await citizen.waits(on: .begin)
            #expect(!citizen.hasVault)
            #expect(try await citizen.keys().isEmpty)
            #expect(!citizen.reads(citizen.words("begin_broken_off")), "nothing was broken off")
            try await citizen.begins()
            #expect(citizen.model.documents.credentials?.entries == [])
        }

        @Test func whoLeavesTheLastWayErasesNothing() async throws {
            let citizen = try Citizen()
            try await citizen.begins()
            try await citizen.isInSettings()
            try await citizen.taps("erase_open")
            try await citizen.waits(on: .erase)
            try citizen.ticks()
            try await citizen.taps("cancel")
            try await citizen.waits(on: .settings)
            #expect(citizen.hasVault)
        }

        @Test func otherBiometricsThanThoseThatWereChosenAreSentToThePin() async throws {
            let citizen = try Citizen("fr")
            try await citizen.begins()
            try await citizen.isInSettings()
            try await citizen.taps("biometrics_on")
            try await citizen.waits(on: .offerBiometrics)
            try citizen.types(Citizen.pin, into: "pin")
            try await citizen.taps("biometrics_on")
            try await citizen.waits(on: .settings)
            try await citizen.locks()
            LocalAuthentication.Phone.enrolled = Data([2])
            try await citizen.taps("unlock_by_biometrics")
            try await citizen.waits(for: citizen.words("biometrics_changed"))
            #expect(!citizen.hasButton("unlock_by_biometrics"))
            try await citizen.unlocks()
            try await citizen.waits(on: .documents)
            try await citizen.locks()
            #expect(!citizen.model.unlock.guards.contains(.biometrics), "the way in is gone")
        }

        @Test func aWalletThatIsNotUsedWarnsStaysOpenWhenAskedToAndLocksItself() async throws {
            let citizen = try Citizen()
            try await citizen.begins()
            Heard.forget()
            citizen.clock.goesOn(seconds: 265)
            try await Task.sleep(for: .milliseconds(200))
            #expect(!citizen.hasButton("lock_stay"))
            citizen.clock.goesOn(seconds: 15)
            try await citizen.waits("the warning") { citizen.canTap("lock_stay") }
            #expect(citizen.model.navigator.current == .documents, "the screen stays below it")
            try await citizen.waits("the announcement") { Heard.all.contains { $0.hasPrefix("The wallet locks itself in ") } }
            #expect(citizen.host.faults() == [])
            try await citizen.taps("lock_stay")
            try await citizen.waits("that it is gone") { !citizen.hasButton("lock_stay") }
            citizen.clock.goesOn(seconds: 200)
            try await Task.sleep(for: .milliseconds(200))
            #expect(citizen.model.navigator.current == .documents)
            citizen.clock.goesOn(seconds: 120)
            try await citizen.waits(on: .unlock)
            #expect(!citizen.hasButton("lock_stay"))
        }

        @Test func aLookAtAWholeWalletSaysThatItIsWhole() async throws {
            let citizen = try Citizen("fr")
            try await citizen.begins()
            try await citizen.isInSettings()
            try await citizen.taps("checkup_title")
            try await citizen.waits(for: citizen.words("checkup_whole"))
        }
    }
}
