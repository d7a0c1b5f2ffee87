import Foundation
import WalletCore
import WalletCoreTesting

/// The servers that the command-line wallet's client is tested against: they redirect, stall and send too much, and some
/// have a certificate that is wrong in one way.
struct BadServers: Sendable {
    static let running = Task { try await BadServers() }

    private let server: Server
    private let places: Json

    private init() async throws {
        let root = Project.temporaryFolder().appendingPathComponent("root.pem")
        server = try Server(Project.program("examples/http_port_servers"), [root.path])
        places = try await server.json()
        try Roots.trust(String(contentsOf: root, encoding: .utf8))
    }

    func good(_ path: String) -> String { self["good"] + path }
    func byAddress(_ path: String) -> String { self["by_address"] + path }
    func plain(_ path: String) -> String { self["plain"] + path }
    var notTls: String { self["not_tls"] }
    var silent: String { self["silent"] }
    var closed: String { self["closed"] }
    /// What is wrong with the certificate, and where.
    var bad: [(name: String, url: String)] { places["bad"].names.map { ($0, places["bad"][$0].text!) } }

    /// How many requests a path got so far.
    func hits(_ path: String) async throws -> Int {
        try server.say(path)
        return try await Int(server.line())!
    }

    private subscript(_ name: String) -> String { places[name].text! }
}
