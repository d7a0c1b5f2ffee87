import Loopback
import WalletCore
@testable import WalletDemo

extension Walk {
    /// Documents that were suspended, revoked, or of which nobody can tell.
    func loses(_ look: @MainActor (String, Citizen) throws -> Void) async throws {
        let citizen = try Citizen(citizen.language)
        try await citizen.begins()
        citizen.network.reachesNo(Network.statusLists)
        let issuer = try await Loopback.Pilot.shared.issuer(.eu)
        try await citizen.receives(issuer.offer)
        try await citizen.waits("the marks") { citizen.marks(.unknown) > 0 }
        try look("45-documents-unconfirmed", citizen)
        try await citizen.looksAtADocument()
        try look("46-document-unconfirmed", citizen)
        citizen.model.navigator.back()
        citizen.follows(try await Loopback.Pilot.shared.verifier(.eu).ask("eu-pid-sd-jwt").uri)
        try await citizen.waits("the question") { citizen.canTap("share_yes") }
        try look("47-share-unconfirmed", citizen)
        try await citizen.taps("share_no")
        try await citizen.isDone()
        citizen.network.reachesNo(nil)
        try await citizen.comesBackLater()
        try await citizen.waits("the lists") { citizen.standings == [.valid] }
        try await citizen.looksAtADocument()
        try look("48-document-counts", citizen)
        citizen.model.navigator.back()
        try await changes(citizen, .suspend, issuer)
        try look("49-documents-suspended", citizen)
        try await citizen.looksAtADocument()
        try look("50-document-suspended", citizen)
        citizen.model.navigator.back()
        try await changes(citizen, .reinstate, issuer)
        try look("51-documents-again", citizen)
        try await changes(citizen, .revoke, issuer)
        try look("52-documents-revoked", citizen)
        try await citizen.looksAtADocument()
        try await citizen.taps("delete_ask")
        try await citizen.waits(for: citizen.words("delete_about_revoked"))
        try look("53-document-revoked", citizen)
        citizen.model.navigator.back()
        citizen.follows(try await Loopback.Pilot.shared.verifier(.eu).ask("eu-pid-sd-jwt").uri)
        try await citizen.waits(for: citizen.words("share_nothing_fits"))
        try look("54-share-lapsed", citizen)
    }

    private func changes(_ citizen: Citizen, _ verdict: Issuer.Verdict, _ issuer: Issuer) async throws {
        if citizen.hasButton("interrupted_read") { try await citizen.taps("interrupted_read") }
        try await citizen.waits("no news") { citizen.model.statuses.news.isEmpty }
        try await issuer.says(verdict)
        try await citizen.comesBackLater()
        try await citizen.waits("the news") { citizen.hasButton("interrupted_read") }
    }
}
