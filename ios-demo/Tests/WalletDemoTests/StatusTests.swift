@_spi(Host) import Accessibility
import Foundation
import Loopback
@_spi(Host) import SwiftUI
import Testing
import WalletCore
@testable import WalletDemo

extension Everything {
    /// Whether documents still count, as a citizen learns it (EU-46; ARF VCR_19).
    @MainActor @Suite struct StatusTests {
        private func stocked(_ language: String = "en") async throws -> (Citizen, Issuer) {
            let citizen = try Citizen(language)
            try await citizen.begins()
            return (citizen, try await citizen.isStocked())
        }

        /// Asks for something that only the documents of a European issuer answer, and nothing is left that does.
        private func isAskedInVain(_ citizen: Citizen) async throws -> (Verifier, Verifier.Asked) {
            let verifier = try await Loopback.Pilot.shared.verifier(.eu)
            let asked = try await verifier.ask("eu-pid-sd-jwt")
            citizen.follows(asked.uri)
            try await citizen.waits(for: citizen.words("share_nothing_fits"))
            return (verifier, asked)
        }

        @Test func whatCountsNeedsNoWord() async throws {
            let (citizen, _) = try await stocked()
            #expect(citizen.model.statuses.news.isEmpty && !citizen.hasButton("interrupted_read"))
            #expect([Standing.valid, .unknown, .suspended, .revoked].allSatisfy { citizen.marks($0) == 0 })
            try await citizen.looksAtADocument()
            #expect(citizen.reads(citizen.words("document_status")) && citizen.reads(citizen.locale.standing(.valid)))
            #expect(citizen.reads(citizen.words("status_checked %@", "")))
        }

        @Test(arguments: ["en", "fr"]) func whatIsRevokedIsToldMarkedAndNeverOffered(_ language: String) async throws {
            let (citizen, issuer) = try await stocked(language)
            #expect(try await issuer.says(.revoke) == "revoked")
            Heard.forget()
            try await citizen.comesBackLater()
            try await citizen.waits("what changed") { citizen.hasButton("interrupted_read") }
            #expect(citizen.standings == [.revoked] && citizen.marks(.revoked) == citizen.entries.count)
            for name in citizen.names {
                let told = citizen.words("status_now_revoked %@", name)
                #expect(citizen.host.texts.filter { $0 == told }.count == 1, "each sentence once")
                try await citizen.waits("the announcement") {
                    Heard.all.contains { $0.hasPrefix(told) && $0.hasSuffix(citizen.words("status_revoked_about")) }
                }
            }
            try await citizen.taps("interrupted_read")
            try await citizen.waits("the notice to go") { !citizen.hasButton("interrupted_read") }
            #expect(citizen.marks(.revoked) == citizen.entries.count, "the mark stays")

            try await citizen.looksAtADocument()
            #expect(citizen.reads(citizen.words("status_revoked_about")))
            try await citizen.taps("delete_ask")
            try await citizen.waits(for: citizen.words("delete_about_revoked"))
            #expect(!citizen.reads(citizen.words("delete_about")))
            citizen.model.navigator.back()

            let (verifier, asked) = try await isAskedInVain(citizen)
            #expect(citizen.names.contains { citizen.reads(citizen.words("share_lapsed_revoked %@", $0)) })
            #expect(citizen.reads(citizen.words("share_lapsed_renew")) && !citizen.hasButton("share_yes"))
            #expect(citizen.network.posts(to: verifier.url) == 0 && citizen.hasButton("share_no"))
            #expect(try await verifier.status(of: asked) == "fetched", "nobody was told")
        }

        @Test func whatIsSuspendedMayCountAgain() async throws {
            let (citizen, issuer) = try await stocked("fr")
            #expect(try await issuer.says(.suspend) == "suspended")
            try await citizen.comesBackLater()
            try await citizen.waits("what changed") { citizen.hasButton("interrupted_read") }
            let name = try #require(citizen.names.first)
            #expect(citizen.reads(citizen.words("status_now_suspended %@", name)))
            #expect(citizen.marks(.suspended) == citizen.entries.count)
            try await citizen.looksAtADocument()
            #expect(citizen.reads(citizen.words("status_suspended_about")))
            citizen.model.navigator.back()
            _ = try await isAskedInVain(citizen)
            #expect(citizen.names.contains { citizen.reads(citizen.words("share_lapsed_suspended %@", $0)) })
            #expect(citizen.reads(citizen.words("share_lapsed_suspended_about")))
            try await citizen.taps("share_no")
            try await citizen.isDone()

            #expect(try await issuer.says(.reinstate) == "valid")
            try await citizen.comesBackLater()
            try await citizen.waits(for: citizen.words("status_now_valid %@", name))
            #expect(!citizen.reads(citizen.words("status_now_suspended %@", name)), "only the last is told")
            #expect(citizen.standings == [.valid] && citizen.marks(.suspended) == 0)
            try await citizen.isAsked(Loopback.Pilot.shared.verifier(.eu).ask("eu-pid-sd-jwt").uri)
        }

        @Test func whatChangedIsStillToldAfterTheWalletLockedItself() async throws {
            let (citizen, issuer) = try await stocked()
            try await issuer.says(.suspend)
            try await citizen.comesBackLater()
            try await citizen.waits("what changed") { citizen.hasButton("interrupted_read") }
            try await citizen.locks()
            #expect(!citizen.hasButton("interrupted_read"), "nobody reads it on the lock screen")
            try await citizen.unlocks()
            try await citizen.waits("what changed") { citizen.hasButton("interrupted_read") }
        }

        @Test(arguments: ["en", "fr"]) func aListThatCannotBeHadIsSaidAndForbidsNothing(_ language: String) async throws {
            let citizen = try Citizen(language)
            try await citizen.begins()
            citizen.network.reachesNo(Network.statusLists)
            try await citizen.receives(Loopback.Pilot.shared.issuer(.eu).offer)
            try await citizen.waits("the marks") { citizen.marks(.unknown) == citizen.entries.count }
            #expect(citizen.model.documents.failure == nil && !citizen.hasButton("interrupted_read"))
            try await citizen.looksAtADocument()
            #expect(citizen.reads(citizen.words("status_unknown_about")) && citizen.reads(citizen.words("status_checked_never")))
            citizen.model.navigator.back()

            let verifier = try await Loopback.Pilot.shared.verifier(.eu)
            let asked = try await verifier.ask("eu-pid-sd-jwt")
            try await citizen.isAsked(asked.uri)
            guard case .asked(let question) = citizen.model.share.state else { return #expect(Bool(false), "nothing is asked") }
            let warning = try #require(question.warnings.first { if case .statusUnknown = $0 { true } else { false } })
            #expect(citizen.reads(try warningText(warning: warning, locale: language)))
            #expect(!citizen.host.controls.contains { $0.kind == "toggle" }, "it informs only")
            try await citizen.taps("share_yes")
            try await citizen.waits(for: citizen.words("share_sent"))
        }

        @Test func whatWasKnownBeforeIsSaidWithItsTime() async throws {
            let (citizen, _) = try await stocked("fr")
            citizen.network.reachesNo(Network.statusLists)
            let before = citizen.network.lookUps
            try await citizen.comesBackLater()
            try await citizen.waits("a look in vain") { citizen.network.lookUps > before }
            #expect(citizen.marks(.unknown) == 0, "a list that is due still counts")
            try await citizen.locks()
            citizen.clock.goesOn(seconds: Citizen.listIsOver)
            try await citizen.unlocks()
            try await citizen.waits("the marks") { !citizen.entries.isEmpty && citizen.marks(.unknown) == citizen.entries.count }
            let entry = try #require(citizen.entries.first)
            #expect(entry.status.standing == .valid && entry.status.outdated)
            try await citizen.looksAtADocument()
            let at = citizen.locale.moment(try #require(entry.status.checkedAt))
            #expect(citizen.reads(citizen.words("status_last_known %@ %@", at, citizen.locale.standing(.valid))))
        }

        @Test func listsAreLookedUpAfterUnlockingAndNeverBecauseSomebodyAsks() async throws {
            let (citizen, _) = try await stocked()
            citizen.clock.goesOn(seconds: Citizen.listIsOld)
            let before = citizen.network.lookUps
            try await citizen.isAsked(Loopback.Pilot.shared.verifier(.eu).ask("eu-pid-sd-jwt").uri)
            #expect(citizen.network.lookUps == before)
            try await citizen.taps("share_no")
            try await citizen.isDone()
            #expect(citizen.network.lookUps == before, "nor on the way back")
            try await citizen.locks()
            #expect(citizen.network.lookUps == before)
            try await citizen.unlocks()
            try await citizen.waits("a look") { citizen.network.lookUps > before }
        }

        @Test func inTheBackgroundNobodyLooks() async throws {
            let (citizen, _) = try await stocked()
            citizen.clock.goesOn(seconds: Citizen.listIsOld)
            let before = citizen.network.lookUps
            citizen.goesToTheBackground()
            try await citizen.waits(on: .unlock)
            citizen.model.statuses.look()
            try await Task.sleep(for: .milliseconds(200))
            #expect(citizen.network.lookUps == before && citizen.model.starting.failure == nil)
            try await citizen.waits("the file to be closed, and to stay so") { !FileManager.default.fileExists(atPath: citizen.vault.path + "-wal") }
        }

        @Test func whatIsKeptIsLookedUpAtOnce() async throws {
            let citizen = try Citizen()
            try await citizen.begins()
            citizen.follows(try await Loopback.Pilot.shared.issuer(.eu).offer)
            try await citizen.waits(for: citizen.words("offer_title"))
            try await citizen.taps("go_on")
            try await citizen.waits(for: citizen.words("preview_title"))
            #expect(citizen.network.lookUps == 0, "nothing is kept yet")
            try await citizen.taps("preview_keep")
            try await citizen.waits("a look") { citizen.network.lookUps > 0 }
            #expect(citizen.model.navigator.current == .receive)
        }

        @Test func aDocumentThatIsKeptDuringALookIsLookedUpAfterIt() async throws {
            let citizen = try Citizen()
            try await citizen.begins()
            citizen.network.stops(Network.statusLists)
            try await citizen.receives(Loopback.Pilot.shared.issuer(.eu).offer)
            try await citizen.waits("a look") { citizen.network.lookUps == 1 }
            let held = citizen.entries.count
            try await citizen.receives(Loopback.Pilot.shared.issuer(.ca).offer)
            try await citizen.waits("the new ones") { citizen.entries.count > held }
            #expect(citizen.network.lookUps == 1 && citizen.standings == [.unknown])
            citizen.network.stops(nil)
            try await citizen.waits("the lists") { citizen.standings == [.valid] }
        }

        @Test(arguments: ["en", "fr"]) func whatIsOverOrNotYetValidSaysWhenAndWhatToDo(_ language: String) async throws {
            let citizen = try Citizen(language)
            try await citizen.begins()
            try await citizen.isStocked()
            let entry = try #require(citizen.entries.first { $0.validFrom != nil && $0.validUntil != nil })
            let name = citizen.locale.name(entry.names, typeId: entry.typeId)
            func says(_ reason: Lapse, _ key: String, _ time: Int64?, _ next: String) throws {
                let day = citizen.locale.day(try #require(time))
                let question = Question(queryId: "q", candidates: [], lapsed: [.init(credential: entry.id, reason: reason)])
                let host = host(LapsedView(questions: [question]), citizen)
                #expect(host.texts == [citizen.words("\(key) %@ %@", name, day), citizen.words(next)])
                #expect(host.faults() == [])
            }
            try says(.expired, "share_lapsed_expired", entry.validUntil, "share_lapsed_renew")
            try says(.notYetValid, "share_lapsed_not_yet", entry.validFrom, "share_lapsed_not_yet_about")
        }

        @Test func whoPublishesNoListIsSaidToPublishNone() async throws {
            let (citizen, _) = try await stocked("fr")
            let status = CredentialStatus(standing: .unlisted, checkedAt: nil, outdated: false)
            let host = host(StatusView(status: status, isOver: false), citizen)
            #expect(host.texts == [
                citizen.words("document_status"), citizen.locale.standing(.unlisted), citizen.words("status_unlisted_about"),
            ])
        }

        @Test func whatIsOverIsNotSaidToBeInForce() async throws {
            let (citizen, _) = try await stocked()
            let entry = try #require(citizen.entries.first { $0.validUntil != nil })
            citizen.clock.goesOn(seconds: try #require(entry.validUntil) - citizen.clock.now().wallSeconds)
            #expect(citizen.model.documents.isOver(entry))
            for standing in [Standing.unlisted, .valid, .unknown] {
                let status = CredentialStatus(standing: standing, checkedAt: 0, outdated: standing != .unlisted)
                #expect(host(StatusView(status: status, isOver: true), citizen).texts.isEmpty)
                #expect(host(StatusMark(status: status, isOver: true), citizen).texts.isEmpty)
            }
            let revoked = CredentialStatus(standing: .revoked, checkedAt: 0, outdated: true)
            #expect(host(StatusMark(status: revoked, isOver: true), citizen).texts == [citizen.locale.standing(.revoked)], "that stays said")
        }

        private func host(_ view: some View, _ citizen: Citizen) -> ViewHost {
            ViewHost(view.environment(citizen.model), locale: citizen.language, catalog: AppFiles.catalog)
        }
    }
}
