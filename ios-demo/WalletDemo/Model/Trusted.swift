import WalletCore

/// Whom a new wallet trusts from the start.
protocol Trusted: Sendable {
    func lists() async throws -> [TrustedList]
}

struct TrustedList: Sendable {
    let list: ListName
    /// Certificates.
    let pem: String
    /// Where they are from, as the settings show it.
    let source: String
}
