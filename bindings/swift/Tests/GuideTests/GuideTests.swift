@testable import Guide
import Foundation
@_spi(Phone) import LocalAuthentication
import Testing
import WalletCore
import WalletCoreApple
import WalletCoreTesting

/// The code of docs/guide-swift.md, run.
@Suite struct GuideTests {
    @Test func theWholeWayWorks() async throws {
        LocalAuthentication.Phone.reset()
        let phone = try WalletCoreApple.Phone(folder: VaultFolder(Project.temporaryFolder()), accessGroup: nil)
        let lists = try await Pilot.shared.anchors().map { ($0.list, $0.pem) }
        let citizen = Citizen()
        let first = try await wallet(on: phone, trusting: lists, citizen)
        let front = await kept(settings(phone), adopting: first)
        try await follow(Pilot.shared.issuer(.eu, transactionCode: "4711").offer, from: .scan, in: first, citizen)
        #expect(try await first.credentials().entries.count == 2)
        await front.close()

        // The next start.
        let second = try await wallet(on: phone, trusting: [], citizen)
        let verifier = try await Pilot.shared.verifier(.eu)
        let asked = try await verifier.ask("eu-pid-sd-jwt")
        try await follow(asked.uri, from: .scan, in: second, citizen)
        #expect(try await verifier.verdict(on: asked)["verified"].isTrue)

        citizen.shares = false
        let unwanted = try await verifier.ask("portrait")
        try await follow(unwanted.uri, from: .scan, in: second, citizen)
        #expect(try await verifier.verdict(on: unwanted)["error"]["code"].text == "access_denied")
        try await second.close()

        let third = try await unlockAgain(front, Secret("481516"))
        #expect(try await third.credentials().entries.count == 2)
        await front.close()
    }

    @Test func eachErrorHasItsNextStep() {
        let fault = Fault(code: .locked, place: nil, httpStatus: nil, attemptsLeft: nil, retryAt: nil)
        let locale = Locale(identifier: "en")
        guard case .nothing = next(after: CancellationError(), in: locale), case .unlock = next(after: WalletError.Unlock(fault: fault), in: locale),
            case .tell(let text) = next(after: WalletError.Report(fault: fault), in: locale)
        else {
            Issue.record("another step")
            return
        }
        #expect(text.contains("locked"))
    }

    @Test func thePhonesOwnCheckPasses() async throws {
        LocalAuthentication.Phone.reset()
        #expect(try await enclaveIsGood())
    }

    private func settings(_ phone: WalletCoreApple.Phone) -> Settings {
        Settings(file: phone.folder.file.path, ports: phone.ports(), idleLockMs: nil, development: Development())
    }
}

/// Somebody who agrees, until told otherwise.
private final class Citizen: Screens, @unchecked Sendable {
    var shares = true
    func newPin() async -> Secret { Secret("481516") }
    func pin() async -> Secret { Secret("481516") }
    func write(down recoveryKey: RecoveryKey) async {}
    func transactionCode(for offer: OfferDetails) async -> String? { "4711" }
    func keep(_ credentials: [PreviewCredential]) async -> Bool { true }
    func share(_ request: RequestDetails, _ choice: Choice, _ warnings: [Warning]) async -> Bool { shares }
}
