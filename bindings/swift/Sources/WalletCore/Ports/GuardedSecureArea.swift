import Foundation
import WalletCoreBindings

final class GuardedSecureArea: SecureArea {
    private let app: any SecureArea

    init(_ app: any SecureArea) { self.app = app }

    func create(alias: String, policy: KeyPolicy) async throws -> CreatedKey {
        try await guarded { try await app.create(alias: alias, policy: policy) }
    }

    func seal(alias: String, secret: Data, policy: SealPolicy) async throws -> Data {
        defer { secret.wipe() }
        return try await guarded { try await app.seal(alias: alias, secret: secret, policy: policy) }
    }

    func begin(purpose: Purpose) throws -> any KeySession {
        GuardedKeySession(try guarded { try app.begin(purpose: purpose) })
    }

    func delete(alias: String) async throws {
        try await guarded { try await app.delete(alias: alias) }
    }

    func list(prefix: String) async throws -> [String] {
        try await guarded { try await app.list(prefix: prefix) }
    }
}

final class GuardedKeySession: KeySession {
    private let app: any KeySession

    init(_ app: any KeySession) { self.app = app }

    func sign(alias: String, message: Data) async throws -> Data {
        try await guarded { try await app.sign(alias: alias, message: message) }
    }

    func agree(alias: String, publicKey: Data) async throws -> Data {
        try await guarded { try await app.agree(alias: alias, publicKey: publicKey) }
    }

    func unseal(alias: String, sealed: Data) async throws -> Data {
        try await guarded { try await app.unseal(alias: alias, sealed: sealed) }
    }

    func end() async throws {
        try await guarded { try await app.end() }
    }
}
