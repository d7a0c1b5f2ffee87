import Foundation
import Loopback
import Testing
import WalletCore

/// What somebody can make of a verifier's genuine request.
enum Attack {
    /// The answer would go to him.
    static func takingTheAnswer(_ asked: Verifier.Asked) async throws -> String {
        var parts = try await parts(of: asked)
        parts[1] = try with(parts[1], "response_uri", "https://attacker.example/answer")
        return link(asked.clientId, parts)
    }

    /// Nobody would notice what he changed.
    static func takingTheSignatureAway(_ asked: Verifier.Asked) async throws -> String {
        let parts = try await parts(of: asked)
        return link(asked.clientId, [try with(parts[0], "alg", "none"), parts[1], ""])
    }

    /// It says that it is somebody else's.
    static func sayingAnotherName(_ asked: Verifier.Asked) async throws -> String {
        link("x509_san_dns:bank.example", try await parts(of: asked))
    }

    private static func parts(of asked: Verifier.Asked) async throws -> [String] {
        try await requestObject(of: asked).split(separator: ".").map(String.init)
    }

    private static func with(_ part: String, _ name: String, _ value: String) throws -> String {
        var members = try decoded(part)
        members[name] = value
        return try JSONSerialization.data(withJSONObject: members).base64EncodedString()
            .replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
    }

    private static func link(_ clientId: String, _ parts: [String]) -> String {
        link("haip-vp", ["client_id": clientId, "request": parts.joined(separator: ".")])
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
