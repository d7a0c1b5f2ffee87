import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// HTTP by the system's own stack: its trust store, proxies and VPN apply.
///
/// It keeps no cookies, no cache and no credentials, follows no redirect, asks for no compression, and says nothing about
/// the phone, its language or the library. Plain http is refused. Connections are the system's: two calls to one server in
/// short succession may share one.
public final class SystemHttpClient: HttpClient {
    private let allowsPlainLoopback: Bool

    /// - Parameter allowsPlainLoopback: Allows plain http to `localhost` and loopback addresses, for a development
    ///   machine only. It stays refused everywhere else.
    public init(allowsPlainLoopback: Bool = false) {
        self.allowsPlainLoopback = allowsPlainLoopback
    }

    /// Makes one call. Cancelling the surrounding task ends it at once.
    ///
    /// - Throws: `PortError`, nothing else.
    public func send(request: HttpRequest) async throws -> HttpResponse {
        let url = try address(request.url)
        var wire = URLRequest(url: url, cachePolicy: .reloadIgnoringLocalAndRemoteCacheData)
        wire.httpMethod = request.method == .get ? "GET" : "POST"
        wire.httpShouldHandleCookies = false
        // What the system would add by itself: its name, the phone's languages, and compression, which would let an
        // answer grow beyond its limit.
        wire.setValue("Wallet", forHTTPHeaderField: "User-Agent")
        wire.setValue("*", forHTTPHeaderField: "Accept-Language")
        wire.setValue("identity", forHTTPHeaderField: "Accept-Encoding")
        if request.method == .post { wire.httpBody = request.body }
        for header in request.headers { wire.setValue(header.value, forHTTPHeaderField: header.name) }

        let call = HttpCall(limit: request.maxBytes)
        return try await withTaskCancellationHandler {
            try await call.run(wire, timeout: .milliseconds(Int(request.timeoutMs)))
        } onCancel: {
            call.end(.failure(.Cancelled))
        }
    }

    private func address(_ text: String) throws(PortError) -> URL {
        // As it is: `encodingInvalidCharacters` would repair, and so change, what a signature may be over.
        guard let url = URL(string: text, encodingInvalidCharacters: false), let host = url.host, !host.isEmpty else {
            throw .Unexpected(class: "InvalidURL")
        }
        switch url.scheme?.lowercased() {
        case "https": return url
        case "http" where allowsPlainLoopback && Self.isLoopback(host): return url
        default: throw .Tls
        }
    }

    /// A name that merely resolves to a loopback address is somebody else's to change.
    private static func isLoopback(_ host: String) -> Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        let isIPv4 = parts.count == 4 && parts.first == "127" && parts.allSatisfy { UInt8($0) != nil }
        return host.lowercased() == "localhost" || host == "::1" || host == "[::1]" || isIPv4
    }
}
