import Foundation
@_spi(Host) import Accessibility
import Loopback
@_spi(Host) import SwiftUI
import Testing
import WalletCore
@testable import WalletDemo

extension Everything {
    /// Screens that can be used without seeing them well, or at all; in both languages, and drawn for people to look at.
    @MainActor @Suite struct AccessibilityTests {
        @Test(arguments: ["en", "fr"]) func everyScreenCanBeHeard(_ language: String) async throws {
            try await Walk(language).goes { screen, citizen in
                #expect(citizen.host.faults() == [], "\(screen)")
                let nodes = citizen.host.screen.all
                #expect(nodes.contains { $0.traits.contains(.isHeader) }, "\(screen) has a title")
                for control in citizen.host.controls {
                    #expect(control.leastHeight >= 44, "\(screen): \(control.spoken) is \(control.leastHeight) points high")
                }
                for field in nodes where field.kind == "securefield" || field.kind == "textfield" {
                    #expect(field.styles["keyboard"] != nil, "\(screen): \(field.spoken) has no keyboard of its own")
                }
                #expect(!nodes.contains { $0.styles["frame-height"] != nil }, "\(screen): nothing has a fixed height")
                try Gallery.save(citizen.host, "\(screen)-\(language)")
            }
        }

        @Test func whatFailsIsSaidAloud() async throws {
            Heard.forget()
            let citizen = try Citizen("fr")
            try await citizen.begins()
            await citizen.model.settings.lock()
            try await citizen.unlocks("000111")
            try await citizen.waits("the announcement") { Heard.all.contains { $0.contains("9") } }
        }

        @Test func whereTextIsLargeTheAnswersStandUnderEachOther() async throws {
            let citizen = try Citizen()
            try await citizen.begins()
            citizen.follows(try await Loopback.Pilot.shared.issuer(.eu).offer)
            try await citizen.waits(for: citizen.words("offer_title"))
            #expect(citizen.host.screen.all.contains { $0.kind == "hstack" && $0.children.filter { $0.kind == "button" }.count == 2 })
            citizen.host.set { $0.dynamicTypeSize = .accessibility3 }
            #expect(!citizen.host.screen.all.contains { $0.kind == "hstack" && $0.children.filter { $0.kind == "button" }.count == 2 })
            #expect(citizen.canTap("offer_stop") && citizen.canTap("go_on"))
        }

        @Test(arguments: [false, true]) func wordsStandOutFromWhatIsBehindThem(_ night: Bool) throws {
            let colors = try Colors(night: night)
            var pairs = [("ink", "background"), ("ink", "surface"), ("ink_soft", "background"), ("ink_soft", "surface"),
                ("ink_soft", "line"), ("brand", "surface"), ("on_brand", "brand"), ("ink", "plain_surface")]
            pairs += ["good", "warning", "danger"].map { ("\($0)_ink", "\($0)_surface") }
            pairs += [("danger_ink", "background"), ("danger_ink", "surface"), ("warning_ink", "surface")]
            for (ink, paper) in pairs { #expect(colors.contrast(ink, paper) >= 4.5, "\(ink) on \(paper)") }
            #expect(colors.contrast("edge", "background") >= 3, "the edge of a field")
        }

        @Test func theToneOfANoticeIsNeverTheColourAlone() {
            #expect(Set(Tone.allCases.map(\.sign)).count == Tone.allCases.count)
        }
    }
}
