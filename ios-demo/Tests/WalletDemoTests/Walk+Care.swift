import Foundation
@_spi(Phone) import LocalAuthentication
import Loopback
import Testing
@_spi(Host) import SwiftUI
import WalletCore
@testable import WalletDemo

extension Walk {
    private static let passphrase = "four words nobody guesses"

    /// Taking the wallet along, and looking whether it is whole.
    func cares(_ look: @MainActor (String, Citizen) throws -> Void) async throws {
        let citizen = try Citizen(citizen.language)
        try await citizen.begins()
        try await citizen.receives(Loopback.Pilot.shared.issuer(.eu).offer)
        for (title, number) in [("backup_title", "26-backup"), ("move_out_title", "27-move-out")] {
            try await citizen.isInSettings()
            try await citizen.taps(title)
            try await citizen.waits(for: citizen.words("passphrase_rule"))
            try citizen.types(Self.passphrase, into: "passphrase")
            try citizen.types(Self.passphrase, into: "passphrase_again")
            try await citizen.taps("choose_place")
            _ = try await citizen.saves()
            try await citizen.waits(for: citizen.words("file_saved"))
            try look(number, citizen)
            citizen.model.navigator.start(.documents)
        }
        let list = Data(try await TestWallet.stocked().exportMigration(passphrase: Secret(Self.passphrase)).object.utf8)
        citizen.model.transfer.open(.moveIn)
        try await citizen.waits(on: .moveIn)
        try citizen.types(Self.passphrase, into: "passphrase")
        try await citizen.taps("choose_file")
        try await citizen.chooses(list)
        try await citizen.waits("the list") { citizen.hasButton("reissue_see") }
        try look("28-move-in", citizen)
        try await citizen.taps("reissue_see")
        try await citizen.waits(for: citizen.words("reissue_moved"))
        try look("29-reissue", citizen)
        citizen.model.navigator.start(.documents)
        try await citizen.waits("the notice") { citizen.hasButton("reissue_see") }
        try look("30-documents-reissue", citizen)
        try await citizen.taps("history_title")
        try await citizen.waits(for: citizen.words("history_past"))
        try look("31-history-past", citizen)
        await citizen.model.recovery.check()
        try await citizen.waits(for: citizen.words("checkup_whole"))
        try look("32-checkup", citizen)
        citizen.model.navigator.push(.about)
        try look("33-about", citizen)
        citizen.clock.goesOn(seconds: 280)
        try await citizen.waits("the warning") { citizen.canTap("lock_stay") }
        try look("34-lock-soon", citizen)
        citizen.model.navigator.start(.documents)
        citizen.follows(try await Loopback.Pilot.shared.issuer(.eu).offer)
        try await citizen.waits(for: citizen.words("offer_title"))
        citizen.network.breaksOff(to: "/token")
        try await citizen.taps("go_on")
        try await citizen.waits(for: citizen.words("receive_lost"))
        try look("35-receive-lost", citizen)
    }

    /// Ways back in, and the last way.
    func recovers(_ look: @MainActor (String, Citizen) throws -> Void) async throws {
        let citizen = try Citizen(citizen.language)
        let key = try await citizen.begins()
        citizen.model.settings.startBiometrics()
        try citizen.types(Citizen.pin, into: "pin")
        try await citizen.taps("biometrics_on")
        try await citizen.waits(on: .documents)
        try await citizen.locks()
        LocalAuthentication.Phone.enrolled = Data([2])
        try await citizen.taps("unlock_by_biometrics")
        try await citizen.waits(for: citizen.words("biometrics_changed"))
        try look("36-biometrics-changed", citizen)
        for left: UInt32 in [9, 8, 7] {
            try await citizen.unlocks("000111")
            try await citizen.waits("the count") { citizen.model.unlock.work.failure?.fault.attemptsLeft == left && !citizen.model.unlock.work.isBusy }
        }
        try await citizen.unlocks()
        try await citizen.waits(for: citizen.words("unlock_wait_about"))
        try look("37-unlock-wait", citizen)
        try await citizen.taps("unlock_by_recovery_key")
        try await citizen.waits(on: .unlockByRecoveryKey)
        try citizen.types(key, into: "recovery_key")
        try await citizen.taps("recovery_new_pin")
        try await citizen.waits(on: .newPin)
        try look("38-new-pin", citizen)
        citizen.goesToTheBackground()
        citizen.comesBack()
        try await citizen.waits(on: .unlock)
        citizen.model.recovery.startErasing()
        try await citizen.waits(on: .erase)
        try citizen.ticks()
        try look("39-erase", citizen)
        try await citizen.taps("erase_yes")
        try await citizen.waits(on: .begin)
        try await citizen.taps("restore_title")
        try await citizen.waits(on: .restore)
        try look("40-restore", citizen)
        citizen.model.navigator.back()
        try citizen.types(Citizen.pin, into: "pin_new")
        try citizen.types(Citizen.pin, into: "pin_again")
        try await citizen.taps("begin_make")
        try await citizen.waits(on: .showRecoveryKey)
        citizen.goesToTheBackground()
        try await citizen.waits("the file to be closed") { !FileManager.default.fileExists(atPath: citizen.vault.path + "-wal") }
        let next = try Citizen(citizen.language, continuing: citizen)
        try await next.waits(for: next.words("begin_broken_off"))
        try look("41-broken-off", next)
        try await underway(look)
    }

    /// The app was ended while a request was answered.
    private func underway(_ look: @MainActor (String, Citizen) throws -> Void) async throws {
        let before = try Citizen(citizen.language)
        try await before.begins()
        try await before.locks()
        before.follows(try await Loopback.Pilot.shared.issuer(.eu).offer)
        try await before.waits("the word to be kept") { UserDefaults(suiteName: before.service)?.string(forKey: ShortLife.word) != nil }
        before.goesToTheBackground()
        let after = try Citizen(citizen.language, continuing: before)
        try await after.unlocks()
        try await after.waits(for: after.words("interrupted_link"))
        try look("42-interrupted", after)
        after.goesToTheBackground()
        try await after.waits("the file to be closed") { !FileManager.default.fileExists(atPath: after.vault.path + "-wal") }
        try Data("no wallet any more".utf8).write(to: after.vault)
        let damaged = try Citizen(citizen.language, continuing: after)
        try await damaged.waits("the failure") { damaged.model.starting.failure != nil && !damaged.model.starting.isBusy }
        try look("43-damaged", damaged)
    }
}
