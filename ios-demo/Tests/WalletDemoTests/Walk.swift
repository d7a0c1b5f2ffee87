import Foundation
import Loopback
import Testing
@_spi(Host) import SwiftUI
import WalletCore
@testable import WalletDemo

/// Through every screen of the app, one after another.
@MainActor struct Walk {
    let citizen: Citizen

    init(_ language: String) throws {
        citizen = try Citizen(language, unverified: true)
    }

    /// - Parameter look: Looks at a screen, by name, when it is there.
    func goes(_ look: @MainActor (String, Citizen) throws -> Void) async throws {
        try await citizen.waits(on: .begin)
        try look("01-begin", citizen)
        try citizen.types(Citizen.pin, into: "pin_new")
        try citizen.types(Citizen.pin, into: "pin_again")
        try await citizen.taps("begin_make")
        try await citizen.waits(on: .showRecoveryKey)
        try look("02-recovery-key", citizen)
        let shown = try #require(citizen.model.newKey.shown)
        try await citizen.taps("recovery_written")
        try await citizen.waits(on: .confirmRecoveryKey)
        try citizen.types("wrong", into: "recovery_group_number %lld", "\(shown.asked[0] + 1)")
        try await citizen.taps("go_on")
        try await citizen.waits("what is wrong") { !citizen.model.newKey.wrong.isEmpty }
        try look("03-recovery-confirm", citizen)
        for group in shown.asked { try citizen.types(shown.groups[group], into: "recovery_group_number %lld", "\(group + 1)") }
        try await citizen.taps("go_on")
        try await citizen.waits(on: .offerBiometrics)
        try await citizen.taps("not_now")
        try await citizen.waits(for: citizen.words("documents_none"))
        try look("04-documents-none", citizen)
        try await receives(look)
        try await shares(look)
        try await remembers(look)
        try await cares(look)
        try await recovers(look)
        try await loses(look)
    }

    private func receives(_ look: @MainActor (String, Citizen) throws -> Void) async throws {
        citizen.follows(try await Loopback.Pilot.shared.issuer(.ca, transactionCode: "493027").offer)
        try await citizen.waits(for: citizen.words("tx_code_title"))
        try look("05-offer", citizen)
        try citizen.types("493027", into: "tx_code")
        try await citizen.taps("go_on")
        try await citizen.waits(for: citizen.words("preview_title"))
        try look("06-preview", citizen)
        try await citizen.taps("preview_keep")
        try await citizen.waits("what was kept") { citizen.hasButton("done") }
        try look("07-kept", citizen)
        try await citizen.taps("done")
        try await citizen.receives(Loopback.Pilot.shared.issuer(.eu).offer)
        try look("08-documents", citizen)
        try #require(citizen.host.controls.first).press()
        try await citizen.waits(for: citizen.words("document_contents"))
        try look("09-document", citizen)
        citizen.model.navigator.back()
        try await citizen.taps("add_title")
        try await citizen.waits(on: .add)
        try citizen.types("https://example.com/", into: "add_link")
        try await citizen.taps("go_on")
        try await citizen.waits("the refusal") { citizen.model.links.work.failure != nil }
        try look("10-add-refused", citizen)
        citizen.model.navigator.back()
    }

    private func shares(_ look: @MainActor (String, Citizen) throws -> Void) async throws {
        let asked = try await Loopback.Pilot.shared.verifier(.eu).ask("portrait")
        citizen.follows(try await Attack.unsigned(asked))
        try await citizen.waits(for: citizen.words("share_unknown"))
        try look("12-share-unknown", citizen)
        try await citizen.taps("share_no")
        try await citizen.waits("an outcome") { citizen.hasButton("done") }
        try look("13-share-declined", citizen)
        try await citizen.taps("done")
        // The lists are complete for the second half: it is another citizen's phone that knows the verifier.
        let other = try Citizen(citizen.language)
        try await other.begins()
        try await other.receives(Loopback.Pilot.shared.issuer(.eu).offer)
        other.follows(try await Loopback.Pilot.shared.verifier(.eu).ask("portrait").uri)
        try await other.waits(on: .share)
        try #require(other.host.controls.first).press()
        try await other.waits("a value") { if case .asked(let asked) = other.model.share.state { !asked.revealed.isEmpty } else { false } }
        try look("11-share", other)
        try await other.taps("share_yes")
        try await other.waits(for: other.words("share_sent"))
        try look("14-share-sent", other)
        try await other.taps("done")
        other.follows(try await Loopback.Pilot.shared.verifier(.ca).ask("ca-age-19").uri)
        try await other.waits(for: other.words("share_nothing_fits"))
        try look("15-share-nothing", other)
        try await other.taps("share_no")
        try await other.taps("done")
        other.follows(try await Loopback.Pilot.shared.verifier(.eu).ask("eu-pid-sd-jwt", registration: "narrow").uri)
        try await other.waits(for: other.words("share_more"))
        try look("44-share-more", other)
        try await other.taps("share_no")
        try await other.taps("done")
        try await other.taps("history_title")
        try await other.waits(for: other.words("outcome_sent"))
        try look("16-history", other)
        try #require(other.host.controls.first { $0.spoken.contains(other.words("outcome_sent")) }).press()
        try await other.waits(for: other.words("history_entry"))
        try await other.taps("history_delete")
        try await other.waits("the question") { other.hasButton("delete_yes") }
        try look("25-history-entry", other)
    }

    private func remembers(_ look: @MainActor (String, Citizen) throws -> Void) async throws {
        try await citizen.taps("settings_title")
        try await citizen.waits("the lists") { !citizen.model.settings.authorities.isEmpty && !citizen.model.settings.work.isBusy }
        try look("17-settings", citizen)
        citizen.model.settings.startPinChange()
        try look("18-pin", citizen)
        citizen.model.navigator.back()
        citizen.model.settings.startBiometrics()
        try look("19-biometrics", citizen)
        citizen.model.navigator.back()
        citizen.model.navigator.push(.replaceRecoveryKey)
        try look("20-recovery-replace", citizen)
        citizen.model.navigator.back()
        await citizen.model.settings.lock()
        try await citizen.unlocks("000111")
        try await citizen.waits("the count of attempts") { citizen.reads("9") }
        try look("21-unlock-wrong", citizen)
        try await citizen.taps("unlock_by_recovery_key")
        try await citizen.waits(on: .unlockByRecoveryKey)
        try citizen.types("AC5P 0W9 0JZZ KHRX SHEY ZF65 RKU2", into: "recovery_key")
        try await citizen.taps("unlock")
        try await citizen.waits("what is wrong") { citizen.model.recovery.slips.count == 2 }
        try look("22-unlock-recovery", citizen)
        citizen.host.set { $0.isSceneCaptured = true }
        try look("23-captured", citizen)
        citizen.host.set { ($0.isSceneCaptured, $0.scenePhase) = (false, .inactive) }
        try look("24-cover", citizen)
    }
}
