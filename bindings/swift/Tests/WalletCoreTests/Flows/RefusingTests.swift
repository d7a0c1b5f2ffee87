import Foundation
import Testing
import WalletCore
import WalletCoreTesting

@Suite struct RefusingTests {
    @Test func aDeclineReachesTheVerifier() async throws {
        let wallet = try await TestWallet.stocked()
        let verifier = try await Pilot.shared.verifier(.eu)
        let asked = try await verifier.ask("portrait")
        try await TestWallet.request(wallet, asked.uri).decline()
        let verdict = try await verifier.verdict(on: asked)
        #expect(verdict["error"]["code"].text == "access_denied")
        #expect(!verdict["verified"].isTrue)
    }

    @Test func aLinkCanBeDeclinedUnseen() async throws {
        let wallet = try await TestWallet.stocked()
        let verifier = try await Pilot.shared.verifier(.eu)
        let asked = try await verifier.ask("portrait")
        try await wallet.decline(asked.uri, from: .scan)
        #expect(try await verifier.verdict(on: asked)["error"]["code"].text == "access_denied")
    }

    /// Somebody takes a verifier's request, changes where the answer goes, and offers it as his own.
    @Test func anAlteredRequestGetsNothing() async throws {
        let calls = CountingHttpClient()
        let wallet = try await TestWallet.stocked(http: calls)
        let asked = try await Pilot.shared.verifier(.eu).ask("portrait")
        let genuine = try await requestObject(behind: asked.uri)
        let altered = try alter(genuine, responseUri: "https://attacker.example/answer")
        var link = URLComponents(string: "haip-vp://")!
        link.queryItems = [URLQueryItem(name: "client_id", value: asked.clientId), URLQueryItem(name: "request", value: altered)]
        let before = calls.count
        #expect(await code { _ = try await wallet.open(link.string!, from: .scan) } == .requestSignatureInvalid)
        #expect(calls.count == before, "nobody is told anything")
        let noted = try #require(try await wallet.history().unauthenticatedRefusals.last)
        #expect(try codeNumbered(number: noted.code) == .requestSignatureInvalid)
    }

    private func requestObject(behind link: String) async throws -> String {
        let items = URLComponents(string: link)?.queryItems
        let url = try #require(items?.first { $0.name == "request_uri" }?.value)
        let request = HttpRequest(method: .get, url: url, headers: [], body: Data(), maxBytes: 1 << 18, timeoutMs: 10_000)
        return try await String(decoding: SystemHttpClient().send(request: request).body, as: UTF8.self)
    }

    /// The same header, the same signature, another `response_uri`.
    private func alter(_ compact: String, responseUri: String) throws -> String {
        var parts = compact.split(separator: ".").map(String.init)
        var text = parts[1].replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
        text += String(repeating: "=", count: (4 - text.count % 4) % 4)
        var payload = try JSONSerialization.jsonObject(with: #require(Data(base64Encoded: text))) as! [String: Any]
        payload["response_uri"] = responseUri
        let encoded = try JSONSerialization.data(withJSONObject: payload).base64EncodedString()
        parts[1] = encoded.replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
            .replacingOccurrences(of: "=", with: "")
        return parts.joined(separator: ".")
    }

    @Test func whatIsNoLinkIsToldSo() async throws {
        let wallet = try await TestWallet.make()
        #expect(await code { _ = try await wallet.open("https://example.com/", from: .paste) } == .linkNotUnderstood)
    }
}
