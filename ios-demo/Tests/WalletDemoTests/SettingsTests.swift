import Foundation
@_spi(Phone) import LocalAuthentication
@_spi(Host) import SwiftUI
import Testing
import WalletCore
@testable import WalletDemo

extension Everything {
    @MainActor @Suite struct SettingsTests {
        private func inSettings(_ language: String = "en") async throws -> Citizen {
            let citizen = try Citizen(language)
            try await citizen.begins()
            try await citizen.taps("settings_title")
            try await citizen.waits("the lists") { !citizen.model.settings.authorities.isEmpty }
            return citizen
        }

        @Test func aNewPinTakesThePlaceOfTheOld() async throws {
            let citizen = try await inSettings("fr")
            try await citizen.taps("pin_change")
            try await citizen.waits(on: .changePin)
            try citizen.types("000111", into: "pin_old")
            try citizen.types("271828", into: "pin_new")
            try citizen.types("271828", into: "pin_again")
            try await citizen.taps("pin_change")
            try await citizen.waits("the refusal") { citizen.model.settings.work.failure?.code == .pinWrong }
            try citizen.types(Citizen.pin, into: "pin_old")
            try await citizen.taps("pin_change")
            try await citizen.waits(on: .settings)
            try await citizen.taps("settings_lock_now")
            try await citizen.unlocks("271828")
            try await citizen.waits(on: .documents)
        }

        @Test func aNewRecoveryKeyTakesThePlaceOfTheOld() async throws {
            let citizen = try Citizen()
            let old = try await citizen.begins()
            try await citizen.taps("settings_title")
            try await citizen.taps("recovery_replace")
            try await citizen.waits(on: .replaceRecoveryKey)
            try citizen.types(Citizen.pin, into: "pin")
            try await citizen.taps("recovery_replace")
            let new = try await citizen.confirmsRecoveryKey()
            try await citizen.waits(on: .settings)
            #expect(new != old)
            await citizen.model.settings.lock()
            try await citizen.waits(on: .unlock)
            try await citizen.taps("unlock_by_recovery_key")
            try await citizen.waits(on: .unlockByRecoveryKey)
            try citizen.types(old, into: "recovery_key")
            try await citizen.taps("unlock")
            try await citizen.waits("the refusal") { citizen.model.recovery.work.failure?.code == .recoveryKeyWrong }
            try citizen.types(new, into: "recovery_key")
            try await citizen.taps("unlock")
            try await citizen.waits(on: .documents)
        }

        @Test(arguments: ["en", "fr"]) func faceIdOpensOnceThePinAllowedIt(_ language: String) async throws {
            let citizen = try await inSettings(language)
            try await citizen.taps("biometrics_on")
            try await citizen.waits(on: .offerBiometrics)
            try citizen.types(Citizen.pin, into: "pin")
            try await citizen.taps("biometrics_on")
            try await citizen.waits(on: .settings)
            #expect(citizen.reads(citizen.words("biometrics_is_on")))
            try await citizen.taps("settings_lock_now")
            try await citizen.taps("unlock_by_biometrics")
            try await citizen.waits(on: .documents)
            #expect(LocalAuthentication.Phone.prompts.last == citizen.words("prompt_unlock"))
            await citizen.model.settings.lock()
            LocalAuthentication.Phone.citizenCancels = true
            try await citizen.taps("unlock_by_biometrics")
            try await citizen.waits("that it was cancelled") { citizen.model.unlock.work.failure?.code == .promptCancelled }
        }

        @Test func faceIdIsOfferedAtTheBeginningAndOnlyWhereThereIsOne() async throws {
            let citizen = try Citizen()
            try await citizen.waits(on: .begin)
            try citizen.types(Citizen.pin, into: "pin_new")
            try citizen.types(Citizen.pin, into: "pin_again")
            try await citizen.taps("begin_make")
            try await citizen.confirmsRecoveryKey()
            try await citizen.waits(on: .offerBiometrics)
            try citizen.types(Citizen.pin, into: "pin")
            try await citizen.taps("biometrics_on")
            try await citizen.waits(for: citizen.words("documents_none"))
            await citizen.model.settings.lock()
            try await citizen.taps("unlock_by_biometrics")
            try await citizen.waits(on: .documents)

            let faceless = try Citizen()
            LocalAuthentication.Phone.hasBiometrics = false
            try await faceless.waits(on: .begin)
            try faceless.types(Citizen.pin, into: "pin_new")
            try faceless.types(Citizen.pin, into: "pin_again")
            try await faceless.taps("begin_make")
            try await faceless.confirmsRecoveryKey()
            try await faceless.waits(for: faceless.words("documents_none"))
        }

        @Test func whatWasChosenIsThereAtTheNextStart() async throws {
            let citizen = try await inSettings()
            try await citizen.tapsLabel("Français")
            try await citizen.waits(for: "Réglages")
            citizen.model.preferences.lock(afterMinutes: 15)
            citizen.goesToTheBackground()
            let after = try Citizen("en", continuing: citizen)
            #expect(after.model.preferences.language == "fr")
            #expect(after.model.preferences.lockAfterMinutes == 15)
        }
    }
}
