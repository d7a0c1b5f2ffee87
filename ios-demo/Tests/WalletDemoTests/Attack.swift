import Foundation
import Loopback
import Testing
import WalletCore

/// A verifier's genuine request with the same header, the same signature, and another place where the answer goes.
enum Attack {
    static func link(on asked: Verifier.Asked) async throws -> String {
        let items = URLComponents(string: asked.uri)?.queryItems
        let url = try #require(items?.first { $0.name == "request_uri" }?.value)
        let request = HttpRequest(method: .get, url: url, headers: [], body: Data(), maxBytes: 1 << 18, timeoutMs: 10_000)
        let genuine = try await String(decoding: SystemHttpClient().send(request: request).body, as: UTF8.self)
        var link = URLComponents(string: "haip-vp://")!
        link.queryItems = [
            URLQueryItem(name: "client_id", value: asked.clientId), URLQueryItem(name: "request", value: try altered(genuine)),
        ]
        return link.string!
    }

    private static func altered(_ compact: String) throws -> String {
        var parts = compact.split(separator: ".").map(String.init)
        var text = parts[1].replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
        text += String(repeating: "=", count: (4 - text.count % 4) % 4)
        var payload = try JSONSerialization.jsonObject(with: #require(Data(base64Encoded: text))) as! [String: Any]
        payload["response_uri"] = "https://attacker.example/answer"
        parts[1] = try JSONSerialization.data(withJSONObject: payload).base64EncodedString()
            .replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
        return parts.joined(separator: ".")
    }
}
