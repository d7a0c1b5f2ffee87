import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// What an error of the system says about where the call is now. `Unreachable` and `Tls` promise that nothing of it left
/// the phone, so only what certainly comes before the request is one of them.
enum HttpFailure {
    static func portError(_ error: any Error) -> PortError {
        guard let error = error as? URLError else { return .unexpected(error) }
        #if canImport(FoundationNetworking)
            if let told = CurlMessage.portError(error) { return told }
        #endif
        return switch error.code {
        case .cannotFindHost, .cannotConnectToHost, .dnsLookupFailed, .notConnectedToInternet, .internationalRoamingOff,
            .callIsActive, .dataNotAllowed:
            .Unreachable
        case .timedOut: .TimedOut
        case .cancelled: .Cancelled
        case .secureConnectionFailed, .serverCertificateHasBadDate, .serverCertificateUntrusted,
            .serverCertificateHasUnknownRoot, .serverCertificateNotYetValid, .clientCertificateRejected,
            .clientCertificateRequired, .appTransportSecurityRequiresSecureConnection:
            .Tls
        case .dataLengthExceedsMaximum: .TooLarge
        default: .Interrupted
        }
    }
}
