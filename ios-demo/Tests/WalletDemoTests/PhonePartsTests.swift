import Foundation
import Loopback
@_spi(Host) import SwiftUI
import Testing
import WalletCore
@testable import WalletDemo

extension Everything {
    /// The screens up to the parts that only a phone has: here they are played.
    @MainActor @Suite struct PhonePartsTests {
        @Test func aScannedCodeIsALinkLikeAnyOther() async throws {
            let offer = try await Loopback.Pilot.shared.issuer(.eu).offer
            let citizen = try Citizen("fr")
            citizen.host.set { $0.scanner = { found in AnyView(Button(String("a code")) { found(offer) }) } }
            try await citizen.begins()
            try await citizen.taps("add_title")
            try await citizen.taps("scan_title")
            try await citizen.waits(for: citizen.words("scan_about"))
            try await citizen.tapsLabel("a code")
            try await citizen.waits(for: citizen.words("offer_title"))
        }

        @Test(arguments: ["en", "fr"]) func aWebsiteIsToldApartAndThereIsNothingToAgreeTo(_ language: String) throws {
            var left = 0
            let claims: [ClaimLocation] = [[.key("org.iso.18013.5.1"), .key("family_name")], [.key("org.iso.18013.5.1"), .key("portrait")]]
            for address in ["shop.example", nil] {
                let view = WebsiteRequestView(host: address, documents: [.init(type: "org.iso.18013.5.1.mDL", claims: claims)]) { left += 1 }
                let host = ViewHost(view.environment(\.locale, Locale(identifier: language)), catalog: AppFiles.catalog)
                #expect(host.faults() == [])
                #expect(host.texts.contains(address ?? AppFiles.catalog.text("website_unknown", language)!))
                #expect(host.texts.contains(AppFiles.catalog.text("website_cannot", language)!))
                #expect(host.texts.contains { $0.contains(language == "en" ? "Family name" : "Nom de famille") })
                #expect(host.controls.map(\.spoken) == [AppFiles.catalog.text("done", language)!], "and no Share button")
                host.controls[0].press()
                try Gallery.save(host, "44-website\(address == nil ? "-unknown" : "")-\(language)")
            }
        }

        @Test func withoutACameraThereIsNoSuchButton() async throws {
            let citizen = try Citizen()
            try await citizen.begins()
            try await citizen.taps("add_title")
            try await citizen.waits(for: citizen.words("add_about"))
            #expect(!citizen.hasButton("scan_title"))
        }

        private final class PlayedPasteboard: Pasteboard {
            @MainActor var copied: [String] = []
            @MainActor func copy(_ personal: String) { copied.append(personal) }
        }

        @Test func aValueIsCopiedWhenTheCitizenAsks() async throws {
            let pasteboard = PlayedPasteboard()
            let citizen = try Citizen()
            citizen.host.set { $0.pasteboard = pasteboard }
            try await citizen.begins()
            try await citizen.receives(Loopback.Pilot.shared.issuer(.eu).offer)
            try #require(citizen.host.controls.first).press()
            try await citizen.waits(for: citizen.words("document_contents"))
            let copy = try #require(citizen.host.controls.first { $0.spoken == citizen.words("copy_value") })
            #expect(pasteboard.copied.isEmpty)
            copy.press()
            #expect(pasteboard.copied == ["Amélie Jeanne"])
            try await citizen.waits(for: citizen.words("copied"))
        }
    }
}
