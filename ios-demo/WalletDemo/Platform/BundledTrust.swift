import Foundation
import WalletCore

/// The lists of a pilot, built into the app: `EU_ISSUERS.pem` and so on, by the names of the lists.
struct BundledTrust: Trusted {
    let bundle: Bundle

    private static let files: [(ListName, String)] = [
        (.tls, "TLS"), (.euIssuers, "EU_ISSUERS"), (.caIssuers, "CA_ISSUERS"), (.euVerifiers, "EU_VERIFIERS"),
        (.caVerifiers, "CA_VERIFIERS"), (.euRegistrars, "EU_REGISTRARS"),
    ]

    func lists() async throws -> [TrustedList] {
        try Self.files.compactMap { list, name in
            guard let file = bundle.url(forResource: name, withExtension: "pem") else { return nil }
            return TrustedList(list: list, pem: try String(contentsOf: file, encoding: .utf8), source: "app")
        }
    }
}
