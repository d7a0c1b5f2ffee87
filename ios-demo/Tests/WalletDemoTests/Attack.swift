import Foundation
import Loopback
import Testing
import WalletCore

/// What somebody can make of a verifier's genuine request.
enum Attack {
    /// The same header, the same signature, and another place where the answer goes.
    static func link(on asked: Verifier.Asked) async throws -> String {
        var parts = try await requestObject(of: asked).split(separator: ".").map(String.init)
        var payload = try decoded(parts[1])
        payload["response_uri"] = "https://attacker.example/answer"
        parts[1] = try JSONSerialization.data(withJSONObject: payload).base64EncodedString()
            .replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
        return link("haip-vp", ["client_id": asked.clientId, "request": parts.joined(separator: ".")])
    }

    /// The same question from somebody who signs nothing, so that nobody knows who it is.
    static func unsigned(_ asked: Verifier.Asked) async throws -> String {
        let payload = try decoded(String(try await requestObject(of: asked).split(separator: ".")[1]))
        var parameters: [String: String] = [:]
        for name in ["response_uri", "response_type", "response_mode", "nonce", "state", "dcql_query", "client_metadata"] {
            guard let value = payload[name] else { continue }
            parameters[name] = try value as? String
                ?? String(decoding: JSONSerialization.data(withJSONObject: value), as: UTF8.self)
        }
        parameters["client_id"] = "redirect_uri:" + parameters["response_uri"]!
        return link("openid4vp", parameters)
    }

    private static func requestObject(of asked: Verifier.Asked) async throws -> String {
        let items = URLComponents(string: asked.uri)?.queryItems
        let url = try #require(items?.first { $0.name == "request_uri" }?.value)
        let request = HttpRequest(method: .get, url: url, headers: [], body: Data(), maxBytes: 1 << 18, timeoutMs: 10_000)
        return try await String(decoding: SystemHttpClient().send(request: request).body, as: UTF8.self)
    }

    private static func decoded(_ part: String) throws -> [String: Any] {
        var text = part.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
        text += String(repeating: "=", count: (4 - text.count % 4) % 4)
        return try JSONSerialization.jsonObject(with: #require(Data(base64Encoded: text))) as! [String: Any]
    }

    private static func link(_ scheme: String, _ parameters: [String: String]) -> String {
        let unreserved = CharacterSet(charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
        return scheme + "://?" + parameters.map { $0 + "=" + $1.addingPercentEncoding(withAllowedCharacters: unreserved)! }.joined(separator: "&")
    }
}
