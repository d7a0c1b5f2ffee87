import Foundation
import Loopback
@_spi(Host) import SwiftUI
import Testing
import WalletCore
@testable import WalletDemo

extension Everything {
    /// What the wallet remembers: finding it, taking it along, deleting it.
    @MainActor @Suite struct HistoryTests {
        /// Something received, something shared, and something said no to.
        private func withAHistory(_ language: String = "en") async throws -> Citizen {
            let citizen = try Citizen(language)
            try await citizen.begins()
            try await citizen.receives(Loopback.Pilot.shared.issuer(.ca).offer)
            for answer in ["share_yes", "share_no"] {
                try await citizen.isAsked(Loopback.Pilot.shared.verifier(.ca).ask("ca-age-19").uri)
                try await citizen.taps(answer)
                try await citizen.isDone()
            }
            try await citizen.taps("history_title")
            try await citizen.waits("three entries") { citizen.model.history.entries.count == 3 && !citizen.model.history.work.isBusy }
            return citizen
        }

        private func verifier(_ citizen: Citizen) throws -> String {
            try #require(citizen.model.history.entries.compactMap { if case .declined(let who, _, _) = $0.entry.event { who } else { nil } }.first).shownName
        }

        /// Taps on the entry that begins with this.
        private func opensEntry(_ citizen: Citizen, _ line: String) async throws {
            try await citizen.waits("“\(line)”") { citizen.host.controls.contains { $0.spoken.hasPrefix(line) } }
            citizen.host.controls.first { $0.spoken.hasPrefix(line) }!.press()
            try await citizen.waits(for: citizen.words("history_entry"))
        }

        @Test func itIsFilteredByWhatHappenedAndByWhom() async throws {
            let citizen = try await withAHistory()
            let declined = citizen.words("history_declined %@", try verifier(citizen))
            try await citizen.taps("history_filter_shared")
            try await citizen.waits("what was shared") { citizen.model.history.entries.count == 1 }
            #expect(citizen.reads(citizen.words("outcome_sent")) && !citizen.reads(declined))
            try await citizen.taps("history_filter_refused")
            try await citizen.waits(for: declined)
            #expect(citizen.model.history.entries.count == 1)
            try await citizen.taps("history_filter_received")
            try await citizen.waits("what was received") { !citizen.reads(declined) && citizen.model.history.entries.count == 1 }
            try await citizen.taps("history_filter_all")
            try await opensEntry(citizen, declined)
            #expect(citizen.reads("They asked for: "))
            try await citizen.taps("history_show_only %@", try verifier(citizen))
            try await citizen.waits(for: citizen.words("history_only %@", try verifier(citizen)))
            #expect(citizen.model.history.entries.count == 2)
            try await citizen.taps("history_everybody")
            try await citizen.waits("all") { citizen.model.history.entries.count == 3 }
        }

        @Test func whatIsShownIsSavedWhereTheCitizenWantsItInTheirLanguage() async throws {
            let citizen = try await withAHistory("fr")
            try await citizen.taps("history_export")
            try await citizen.waits("the dialog") { citizen.host.hasFileDialog }
            try citizen.host.leavesFileDialog()
            try await citizen.waits("nothing to happen") { !citizen.model.history.work.isBusy }
            #expect(!citizen.reads(citizen.words("file_saved")))
            try await citizen.taps("history_export")
            let written = try await citizen.saves()
            try await citizen.waits(for: citizen.words("file_saved"))
            let text = String(decoding: written.bytes, as: UTF8.self)
            #expect(written.name == citizen.words("history_file"))
            #expect(text.contains(citizen.words("history_shared_heading")) && text.contains(citizen.words("outcome_sent")))
            #expect(!text.contains("Andersson"), "no value of a claim is in it")
        }

        @Test func oneEntryIsDeletedThenAllAndNotWithoutBeingAskedTwice() async throws {
            let citizen = try await withAHistory()
            try await opensEntry(citizen, citizen.words("history_declined %@", try verifier(citizen)))
            try await citizen.taps("history_delete")
            try await citizen.waits("the question") { citizen.hasButton("delete_yes") }
            let (no, yes) = (try citizen.host.control(citizen.words("cancel")), try citizen.host.control(citizen.words("delete_yes")))
            #expect(no.look == yes.look, "both answers weigh the same")
            try await citizen.taps("cancel")
            try await citizen.waits("that it is asked no more") { !citizen.hasButton("delete_yes") }
            try await citizen.taps("history_delete")
            try await citizen.taps("delete_yes")
            try await citizen.waits(on: .history)
            try await citizen.waits(for: "You deleted 1 entry")
            #expect(citizen.model.history.entries.count == 3, "that something was deleted is an entry, too")
            try await opensEntry(citizen, "You deleted 1 entry")
            #expect(citizen.reads(citizen.words("history_stays")) && !citizen.hasButton("history_delete"))
            citizen.model.navigator.back()
            try await citizen.taps("history_delete_all")
            try await citizen.taps("delete_yes")
            try await citizen.waits("that only the deletions are left") {
                citizen.model.history.entries.allSatisfy { if case .entriesDeleted = $0.entry.event { true } else { false } }
            }
        }

        @Test func anotherLanguageShowsAtOnce() async throws {
            let citizen = try await withAHistory()
            citizen.model.preferences.choose(language: "fr")
            let name = try verifier(citizen)
            try await citizen.waits("French") { citizen.reads(AppFiles.catalog.text("history_about", "fr")!) }
            #expect(citizen.reads(AppFiles.catalog.text("history_declined %@", "fr")!.replacingOccurrences(of: "%1$@", with: name)))
        }
    }
}
