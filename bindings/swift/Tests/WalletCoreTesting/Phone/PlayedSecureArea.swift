import Foundation
import WalletCore

/// A phone's secure area as far as guards go: it keeps what it seals in a dictionary. It makes no keys that sign, since
/// there is no P-256 here; flows are played with keys in the vault.
package final class PlayedSecureArea: SecureArea, @unchecked Sendable {
    private let lock = NSLock()
    private var sealed: [String: (token: Data, secret: Data)] = [:]
    private var sentences: [String] = []
    private var cancels = false

    package init() {}

    /// The sentences of all dialogs so far.
    package var prompts: [String] { lock.withLock { sentences } }

    /// Makes the citizen cancel each dialog from now on.
    package func citizenCancels() { lock.withLock { cancels = true } }

    package func create(alias: String, policy: KeyPolicy) async throws -> CreatedKey {
        throw PortError.LevelNotAvailable
    }

    package func seal(alias: String, secret: Data, policy: SealPolicy) async throws -> Data {
        lock.withLock {
            let token = Data((0..<16).map { _ in UInt8.random(in: 0...255) })
            // A copy of its own: the caller's is wiped.
            sealed[alias] = (token, Data(secret.map { $0 }))
            return token
        }
    }

    package func begin(purpose: Purpose) throws -> any KeySession {
        try lock.withLock {
            sentences.append(purpose.text)
            if cancels { throw PortError.Cancelled }
        }
        return Session(self)
    }

    package func delete(alias: String) async throws { lock.withLock { _ = sealed.removeValue(forKey: alias) } }

    package func list(prefix: String) async throws -> [String] {
        lock.withLock { sealed.keys.filter { $0.hasPrefix(prefix) } }
    }

    fileprivate func open(_ alias: String, _ token: Data) throws -> Data {
        try lock.withLock {
            guard let found = sealed[alias], found.token == token else { throw PortError.NoSuchKey }
            return Data(found.secret.map { $0 })
        }
    }

    private final class Session: KeySession {
        private let area: PlayedSecureArea
        init(_ area: PlayedSecureArea) { self.area = area }
        func sign(alias: String, message: Data) async throws -> Data { throw PortError.NoSuchKey }
        func agree(alias: String, publicKey: Data) async throws -> Data { throw PortError.LevelNotAvailable }
        func unseal(alias: String, sealed: Data) async throws -> Data { try area.open(alias, sealed) }
        func end() async throws {}
    }
}
