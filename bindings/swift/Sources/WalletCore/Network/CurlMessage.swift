#if canImport(FoundationNetworking)
    import Foundation
    import FoundationNetworking

    /// Foundation on Linux calls most of libcurl's errors "cannot connect", those after the request too. libcurl's own
    /// sentence tells them apart; it may name a host, and goes no further than here.
    enum CurlMessage {
        static func portError(_ error: URLError) -> PortError? {
            guard error.code == .cannotConnectToHost || error.code == .unknown else { return nil }
            let sentence = error.localizedDescription
            if sentence.hasPrefix("SSL") { return .Tls }
            if sentence.hasPrefix("Failed to connect") || sentence.hasPrefix("Could not resolve") { return .Unreachable }
            return .Interrupted
        }
    }
#endif
