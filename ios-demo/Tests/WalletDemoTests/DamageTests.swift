import Foundation
import Loopback
@_spi(Host) import SwiftUI
import Testing
import WalletCore
@testable import WalletDemo

extension Everything {
    /// A wallet's file that was damaged: the app opens and says what is, or does not open and offers to begin anew.
    @MainActor @Suite struct DamageTests {
        /// Somebody with documents whose app was ended. Gives the recovery key.
        private func filled() async throws -> (Citizen, String) {
            let citizen = try Citizen()
            let key = try await citizen.begins()
            try await citizen.receives(Loopback.Pilot.shared.issuer(.eu).offer)
            citizen.goesToTheBackground()
            try await citizen.waits("the file to be closed") { !FileManager.default.fileExists(atPath: citizen.vault.path + "-wal") }
            return (citizen, key)
        }

        @Test func whatIsDamagedIsNamedWithTheNextStepAndWhatIsWholeGoesOn() async throws {
            let (before, key) = try await filled()
            let whole = try Data(contentsOf: before.vault)
            var (named, refused) = (0, 0)
            for part in 1...15 {
                var damaged = whole
                damaged[whole.count / 16 * part] &+= 1
                try damaged.write(to: before.vault)
                let citizen = try Citizen(continuing: before)
                try await citizen.waits("the wallet to open, or not") { citizen.model.navigator.current == .unlock || citizen.model.starting.failure != nil }
                if citizen.model.starting.failure == nil {
                    await citizen.model.recovery.unlock(by: key)
                    if citizen.model.recovery.work.failure == nil {
                        await citizen.model.recovery.check()
                        let found = try #require(citizen.model.recovery.checkup)
                        for kind in Set(found.damaged.map { CheckupView.Kind($0.part) }) {
                            let next = ViewHost(Text(kind.words.next), catalog: AppFiles.catalog).texts[0]
                            try await citizen.waits("the next step for \(kind)") { citizen.reads(next) }
                        }
                        if !found.isWhole { named += 1 }
                    } else {
                        refused += 1
                    }
                } else {
                    #expect(citizen.canTap("erase_title"))
                    refused += 1
                }
                citizen.goesToTheBackground()
                try await citizen.waits("the file to be closed") { !FileManager.default.fileExists(atPath: citizen.vault.path + "-wal") }
            }
            #expect(named > 0, "of 15 damaged files \(named) were named and \(refused) refused")
        }

        @Test func aFileThatIsNoWalletIsNotBegunAnewByItself() async throws {
            let (before, _) = try await filled()
            try Data("no wallet any more".utf8).write(to: before.vault)
            let citizen = try Citizen("fr", continuing: before)
            try await citizen.waits("the failure") { citizen.model.starting.failure != nil && !citizen.model.starting.isBusy }
            #expect(citizen.hasVault)
            try await citizen.taps("erase_title")
            try await citizen.waits(on: .erase)
            try citizen.ticks()
            try await citizen.taps("erase_yes")
            try await citizen.waits(on: .begin)
            #expect(!citizen.hasVault)
            #expect(try await citizen.keys().isEmpty)
            try await citizen.begins()
        }

        @Test(arguments: [
            Part.credential, .copy, .key, .summary, .history, .refusals, .imported, .anchor, .guard, .pending, .reissue, .file, .manifest,
        ]) func eachKindOfDamageHasAName(_ part: Part) throws {
            let words = CheckupView.Kind(part).words
            for language in ["en", "fr"] {
                #expect(ViewHost(Text(words.name), locale: language, catalog: AppFiles.catalog).faults() == [])
                #expect(ViewHost(Text(words.next), locale: language, catalog: AppFiles.catalog).faults() == [])
            }
        }
    }
}
