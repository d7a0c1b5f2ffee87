import Foundation
import WalletCore

/// The rest of the world: pilot's issuers and verifiers on loopback, with one folder of test certificates.
package struct Pilot: Sendable {
    package enum Side: String, Sendable, CaseIterable {
        case eu, ca
    }

    /// The world of this process, started when it is first needed.
    package static var shared: Pilot {
        get async throws { try await starting.value }
    }
    private static let starting = Task { try await Pilot() }

    private let pki: URL
    private let verifiers: [Side: Verifier]

    private init() async throws {
        pki = Project.temporaryFolder()
        // One after another: the first makes the certificates.
        var verifiers: [Side: Verifier] = [:]
        for side in Side.allCases {
            let server = try Server(Project.program("pilot"), ["verifier", "--side", side.rawValue, "--json", "--pki", pki.path])
            verifiers[side] = Verifier(url: try await server.event("ready")["url"].text!, server: server)
        }
        self.verifiers = verifiers
        try Roots.trust(String(contentsOf: pki.appendingPathComponent("tls-ca.pem"), encoding: .utf8))
    }

    package func verifier(_ side: Side) -> Verifier { verifiers[side]! }

    /// An issuer of its own with one offer of everything it has.
    package func issuer(_ side: Side, transactionCode: String? = nil) async throws -> Issuer {
        let code = transactionCode ?? "none"
        let arguments = ["issuer", "--side", side.rawValue, "--tx-code", code, "--batch", "3", "--json", "--pki", pki.path]
        let server = try Server(Project.program("pilot"), arguments)
        return Issuer(offer: try await server.event("ready")["credential_offer"].text!, server: server)
    }

    /// The certificates that a wallet trusts, by list.
    package func anchors() throws -> [(list: ListName, pem: String)] {
        let files: [(ListName, String)] = [
            (.tls, "tls-ca"), (.euIssuers, "eu-issuer-ca"), (.caIssuers, "ca-iaca"), (.caIssuers, "ca-issuer-ca"),
            (.euVerifiers, "eu-verifier-ca"), (.caVerifiers, "ca-verifier-ca"),
            (.euRegistrars, "eu-registrar-ca"),
        ]
        return try files.map { ($0, try String(contentsOf: pki.appendingPathComponent("\($1).pem"), encoding: .utf8)) }
    }
}

package struct Issuer: Sendable {
    /// The link.
    package let offer: String
    private let server: Server

    init(offer: String, server: Server) {
        (self.offer, self.server) = (offer, server)
    }

    /// What the wallet told of one credential: `credential_accepted` or `credential_deleted`.
    package func notified() async throws -> String? {
        try await server.event("notified")["notification"].text
    }

    /// What an issuer says of the documents that it gave.
    package enum Verdict: String, Sendable {
        case revoke, suspend, reinstate
    }

    /// Says it of everything that was taken, and comes back once its status list does. Gives what the list says now:
    /// `revoked`, `suspended` or `valid`.
    @discardableResult
    package func says(_ verdict: Verdict) async throws -> String? {
        try server.say(verdict.rawValue)
        return try await server.event("status")["status"].text
    }
}

/// A verifier, by its JSON API.
package struct Verifier: Sendable {
    package let url: String
    private let server: Server
    private let client = SystemHttpClient()

    init(url: String, server: Server) {
        (self.url, self.server) = (url, server)
    }

    package struct Asked: Sendable {
        /// The link.
        package let uri: String
        package let clientId: String
        fileprivate let result: String
    }

    /// Makes a request: one of pilot's own queries, by name, of a verifier with a registration that is `fitting`, `narrow`,
    /// `expired` or `absent`. `sameDevice`: on a page of its own on the same phone, to which the citizen goes back.
    package func ask(
        _ query: String, responseMode: String = "direct_post.jwt", registration: String = "fitting", sameDevice: Bool = false
    ) async throws -> Asked {
        let ways = #""response_mode":"\#(responseMode)","registration":"\#(registration)","same_device":\#(sameDevice)"#
        let body = Data(#"{"query":"\#(query)",\#(ways)}"#.utf8)
        let type = HttpHeader(name: "Content-Type", value: "application/json")
        let made = try await call(.post, url + "/api/requests", [type], body)
        return Asked(uri: made["uri"].text!, clientId: made["client_id"].text!, result: made["result"].text!)
    }

    /// What came of it, when something did: `verified`, `credentials`, `error`.
    package func verdict(on asked: Asked) async throws -> Json {
        try await call(.get, asked.result + "?wait=20", [], Data())["result"]
    }

    /// How far it is: `waiting`, `fetched` or `done`.
    package func status(of asked: Asked) async throws -> String? {
        try await call(.get, asked.result, [], Data())["status"].text
    }

    private func call(_ method: HttpMethod, _ url: String, _ headers: [HttpHeader], _ body: Data) async throws -> Json {
        let request = HttpRequest(
            method: method, url: url, headers: headers, body: body, maxBytes: 1 << 24, timeoutMs: 30_000)
        return try Json(await client.send(request: request).body)
    }
}
