import Foundation
import Testing
import WalletCore
import WalletCoreTesting

/// What an app's own code throws never reaches the core, nor anybody else, with its text.
@Suite struct PortTests {
    struct Personal: Error, CustomStringConvertible {
        var description: String { "Vandermeer" }
    }

    @Test func anyErrorOfAPortArrivesByTheNameOfItsType() async throws {
        let area = BrokenSecureArea(throwing: Personal())
        let wallet = try await TestWallet.make(TestWallet.settings(secureArea: area))
        let authority = Unlock.passphrase(TestWallet.passphrase)
        do {
            try await wallet.setGuard(.pin(Secret("481516")), authority: authority, prompt: "")
            Issue.record("it did not fail")
        } catch let error as WalletError {
            #expect(error.code == .portFailed)
            #expect(!"\(error) \(error.localizedDescription) \(String(reflecting: error))".contains("Vandermeer"))
        }
    }

    @Test func aPortErrorStaysWhatItIs() async throws {
        for (thrown, expected) in [(PortError.Unreachable, Code.networkUnreachable), (.TimedOut, .networkTimedOut), (.Tls, .tlsFailed)] {
            let wallet = try await TestWallet.make(TestWallet.settings(http: BrokenHttpClient(throwing: thrown)))
            let link = "haip-vp://?client_id=x509_hash:a&request_uri=https%3A%2F%2Fverifier.example%2F1"
            #expect(await code { _ = try await wallet.open(link, from: .scan) } == expected)
        }
    }

    @Test func theNameOfATypeIsAllThatIsTaken() {
        #expect(PortError.unexpected(Personal()) == .Unexpected(class: "Personal"))
        #expect(PortError.unexpected(PortError.Tls) == .Tls)
        let system = NSError(domain: "Vandermeer", code: 7, userInfo: [NSLocalizedDescriptionKey: "Vandermeer"])
        #expect(PortError.unexpected(system) == .Unexpected(class: "NSError"))
    }

    @Test func aClockThatFailsIsAnErrorAndNoCrash() async throws {
        let clock = StoppedClock()
        let wallet = try await TestWallet.stocked(clock: clock)
        clock.stop()
        #expect(await code { _ = try await wallet.credentials() } == .portFailed)
        clock.start()
        #expect(try await wallet.credentials().entries.count == 4)
    }

    @Test func aListenerThatThrowsChangesNothing() async throws {
        let listener = ThrowingListener()
        let wallet = try await TestWallet.stocked(events: listener)
        let id = try #require(try await wallet.credentials().entries.first?.id)
        try await wallet.delete(id)
        #expect(try await wallet.credentials().entries.count == 3)
        #expect(listener.heard.contains(.credentialsChanged))
    }
}

private final class BrokenSecureArea: SecureArea {
    private let thrown: any Error
    init(throwing error: any Error) { thrown = error }
    func create(alias: String, policy: KeyPolicy) async throws -> CreatedKey { throw thrown }
    func seal(alias: String, secret: Data, policy: SealPolicy) async throws -> Data { throw thrown }
    func begin(purpose: Purpose) throws -> any KeySession { throw thrown }
    func delete(alias: String) async throws { throw thrown }
    func list(prefix: String) async throws -> [String] { throw thrown }
}

private final class StoppedClock: WalletCore.Clock, @unchecked Sendable {
    private let system = SystemClock()
    private let lock = NSLock()
    private var stopped = false
    func stop() { lock.withLock { stopped = true } }
    func start() { lock.withLock { stopped = false } }
    func now() throws -> Moment {
        if lock.withLock({ stopped }) { throw PortTests.Personal() }
        return try system.now()
    }
}

private final class ThrowingListener: WalletEvents, @unchecked Sendable {
    private let lock = NSLock()
    private var events: [WalletEvent] = []
    var heard: [WalletEvent] { lock.withLock { events } }
    func happened(event: WalletEvent) throws {
        lock.withLock { events.append(event) }
        throw PortTests.Personal()
    }
}
