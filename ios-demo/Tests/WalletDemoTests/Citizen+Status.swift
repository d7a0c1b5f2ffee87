import Foundation
import Loopback
@_spi(Host) import SwiftUI
import Testing
import WalletCore
@testable import WalletDemo

/// What somebody sees and does about documents that may count no more.
extension Citizen {
    /// After what time one of pilot’s lists is read again, in seconds.
    static let listIsOld: Int64 = 120
    /// After what time it counts for nothing.
    static let listIsOver: Int64 = 86_401

    var entries: [CredentialEntry] { model.documents.credentials?.entries ?? [] }

    /// What is known of the documents.
    var standings: Set<Standing> { Set(entries.map(\.status.standing)) }

    /// The documents' names, as they are shown.
    var names: Set<String> { Set(entries.map { locale.name($0.names, typeId: $0.typeId) }) }

    var locale: Locale { Locale(identifier: language) }

    /// Takes everything that a new European issuer has, and looks whether it counts.
    @discardableResult func isStocked() async throws -> Issuer {
        let issuer = try await Loopback.Pilot.shared.issuer(.eu)
        try await receives(issuer.offer)
        try await waits("the lists") { self.standings == [.valid] }
        return issuer
    }

    /// Comes back to the documents when the lists are old.
    func comesBackLater() async throws {
        clock.goesOn(seconds: Self.listIsOld)
        try await taps("settings_title")
        try await waits(on: .settings)
        model.navigator.back()
    }

    /// How many documents in the list are marked so.
    func marks(_ standing: Standing) -> Int {
        host.controls.filter { $0.spoken.contains(locale.standing(standing)) }.count
    }

    /// Opens the first document.
    func looksAtADocument() async throws {
        let issuer = try #require(entries.first).issuer.shownName
        try #require(host.controls.first { $0.spoken.contains(issuer) }).press()
        try await waits(for: words("document_contents"))
    }
}
