import Foundation
import WalletCore

/// The keys that the keychain knows, by alias.
struct EnclaveKeys: Sendable {
    let keychain: Keychain

    func put(_ key: EnclaveKey, as alias: String) throws {
        let encoded = try PropertyListEncoder().encode(key)
        guard try keychain.add(alias, encoded, whilePasscodeIsSet: key.asks != .never) else {
            throw PortError.Unexpected(class: "AliasTaken")
        }
    }

    /// - Throws: `PortError.NoSuchKey` when it is not there, or does something else.
    func get(_ alias: String, _ work: EnclaveKey.Work) throws -> EnclaveKey {
        guard let encoded = try keychain.get(alias) else { throw PortError.NoSuchKey }
        let key = try PropertyListDecoder().decode(EnclaveKey.self, from: encoded)
        guard key.work == work else { throw PortError.NoSuchKey }
        return key
    }
}
