import Foundation
import Testing
import WalletCore
import WalletCoreTesting

/// Whatever is printed, dumped, mirrored or interpolated holds no claim and no secret.
@Suite struct PrintingTests {
    /// Values of the people whom pilot's issuers know, and secrets of these tests.
    static let personal = [
        "Vandermeer", "Amélie", "1994-08-21", "94082199700", "Rue de l’Exemple", "PID-0000097",
        "Côté-Lévesque", "Étienne", "1990-02-14", "9700197", "V8V 1A1", "481516", "correct horse",
    ]

    @Test func noValueOfTheLibraryPrintsAClaim() async throws {
        let wallet = try await TestWallet.make()
        let issuer = try await Pilot.shared.issuer(.eu, transactionCode: "4711")
        guard case .offer(let offer) = try await wallet.open(issuer.offer, from: .scan) else { throw NotWhatWasExpected() }
        let preview = try await offer.accept(transactionCode: "4711", prompt: "")
        let previewed = try await preview.credentials()
        let ids = try await preview.keep()
        try await TestWallet.receive(wallet, Pilot.shared.issuer(.ca).offer)
        let details = try await wallet.credential(ids[0])
        let asked = try await Pilot.shared.verifier(.eu).ask("portrait")
        let incoming = try await wallet.open(asked.uri, from: .scan)
        guard case .request(let request) = incoming else { throw NotWhatWasExpected() }
        let choice = try request.least()
        let warnings = try request.warnings(for: choice)
        let consent = try request.consent(to: choice, acknowledging: warnings)
        let receipt = try await request.send(consent, prompt: "")
        let key = try RecoveryKey.random()
        let values: [Any] = try await [
            wallet, offer, offer.details(), preview, previewed, details, details.claims, details.claims.map { $0 as Any },
            wallet.credentials(), incoming, request, request.details(), choice, warnings, consent, receipt, wallet.history(),
            wallet.check(), wallet.trustedAuthorities(), wallet.pending(), wallet.toReissue(), wallet.guards(), key,
            Secret("481516"), Unlock.pin(Secret("481516")), NewUnlock.passphrase(Secret("correct horse battery staple")),
            WalletError.Unlock(fault: Fault(code: .pinWrong, place: nil, httpStatus: nil, attemptsLeft: 3, retryAt: nil)),
        ]
        for value in values {
            let printed = Self.everyForm(of: value)
            for text in Self.personal + [String(decoding: try key.reveal(), as: UTF8.self)] {
                #expect(!printed.contains(text), "\(type(of: value)) prints something personal")
            }
        }
        // The search itself finds what is there.
        let claims = try details.claims.map { try $0.reveal(locale: "en") }.joined(separator: "\n")
        #expect(claims.contains("Vandermeer"))
        #expect(Self.everyForm(of: HttpHeader(name: "a", value: "Vandermeer")).contains("Vandermeer"))
    }

    private static func everyForm(of value: Any) -> String {
        var dumped = ""
        dump(value, to: &dumped)
        return [String(describing: value), String(reflecting: value), "\(value)", dumped, mirrored(value)].joined(separator: "\n")
    }

    private static func mirrored(_ value: Any, depth: Int = 0) -> String {
        guard depth < 12 else { return "" }
        return Mirror(reflecting: value).children
            .map { "\($0.label ?? ""): \($0.value) \(mirrored($0.value, depth: depth + 1))" }.joined(separator: "\n")
    }

    @Test func aPictureIsAPictureAndAClaimIsWipedText() async throws {
        let wallet = try await TestWallet.stocked()
        let entry = try #require(try await wallet.credentials().entries.first { $0.typeId == "urn:eudi:pid:1" })
        let claims = try await wallet.credential(entry.id).claims
        let pictures = try claims.compactMap { try $0.image(maxPixels: 4_000_000) }
        #expect(pictures.count == 1 && pictures[0].starts(with: [0xff, 0xd8]))
        #expect(try claims.allSatisfy { try $0.image(maxPixels: 1) == nil }, "too many pixels")
    }
}
