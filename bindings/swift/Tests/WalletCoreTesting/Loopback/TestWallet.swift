import Foundation
import WalletCore

/// Wallets for tests: each in a folder of its own, trusting pilot's certificates.
package enum TestWallet {
    package static var passphrase: Secret { Secret("correct horse battery staple") }

    package static func settings(
        in folder: URL = Project.temporaryFolder(), http: any HttpClient = SystemHttpClient(),
        secureArea: (any SecureArea)? = nil, rollbackAnchor: (any RollbackAnchor)? = nil,
        clock: any WalletCore.Clock = SystemClock(), events: (any WalletEvents)? = nil
    ) -> Settings {
        let ports = Ports(http: http, secureArea: secureArea, rollbackAnchor: rollbackAnchor, clock: clock, events: events)
        let file = folder.appendingPathComponent("vault.db").path
        return Settings(file: file, ports: ports, idleLockMs: nil, development: Development())
    }

    /// A new, empty one.
    package static func make(_ settings: Settings = settings()) async throws -> Wallet {
        let wallet = try await Wallet.create(settings, passphrase: passphrase)
        for (list, pem) in try await Pilot.shared.anchors() {
            try await wallet.addTrustAnchors(pem, to: list, source: "pilot")
        }
        return wallet
    }

    /// One that holds three copies of each credential of both sides.
    package static func stocked(
        http: any HttpClient = SystemHttpClient(), clock: any WalletCore.Clock = SystemClock(),
        events: (any WalletEvents)? = nil
    ) async throws -> Wallet {
        let folder = Project.temporaryFolder()
        let file = folder.appendingPathComponent("vault.db")
        try FileManager.default.copyItem(at: try await stock.value, to: file)
        let wallet = try await Wallet.open(settings(in: folder, http: http, clock: clock, events: events))
        try await wallet.unlock(with: .passphrase(passphrase), prompt: "")
        return wallet
    }

    /// Takes an offer all the way.
    @discardableResult
    package static func receive(_ wallet: Wallet, _ offer: String, transactionCode: String? = nil) async throws -> [CredentialId] {
        guard case .offer(let offer) = try await wallet.open(offer, from: .scan) else { throw NotWhatWasExpected() }
        return try await offer.accept(transactionCode: transactionCode, prompt: "").keep()
    }

    /// Opens a request.
    package static func request(_ wallet: Wallet, _ link: String, from source: Source = .scan) async throws -> PresentationRequest {
        guard case .request(let request) = try await wallet.open(link, from: source) else { throw NotWhatWasExpected() }
        return request
    }

    /// The consent to the least that answers.
    package static func leastConsent(_ request: PresentationRequest) throws -> Consent {
        let choice = try request.least()
        return try request.consent(to: choice, acknowledging: request.warnings(for: choice))
    }

    private static let stock = Task { () -> URL in
        let folder = Project.temporaryFolder()
        let wallet = try await make(settings(in: folder))
        for side in Pilot.Side.allCases {
            try await receive(wallet, Pilot.shared.issuer(side).offer)
        }
        try await wallet.close()
        return folder.appendingPathComponent("vault.db")
    }
}

/// A link led to something else.
package struct NotWhatWasExpected: Error {
    package init() {}
}
