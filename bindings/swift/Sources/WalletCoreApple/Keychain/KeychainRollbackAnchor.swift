import Foundation
import WalletCore

/// The rollback anchor in the keychain, which is in no backup and survives a restored file.
///
/// A generation is an item of its own, named after vault and generation: the keychain refuses a second item of one name,
/// so of two processes that set the same generation exactly one succeeds.
public final class KeychainRollbackAnchor: RollbackAnchor {
    private let keychain: Keychain

    /// - Parameters:
    ///   - service: Tells the anchors from the app's other items.
    ///   - accessGroup: The keychain access group that the app's extensions share; `nil` for the app's own.
    public init(service: String, accessGroup: String?) {
        keychain = Keychain(service: service, accessGroup: accessGroup)
    }

    public func get(vaultId: Data) async throws -> UInt64? {
        try generations(of: vaultId).max()
    }

    public func compareAndSet(vaultId: Data, expected: UInt64?, new: UInt64) async throws -> Bool {
        let present = try generations(of: vaultId)
        guard present.max() == expected, try keychain.add(name(vaultId, new), Data()) else { return false }
        for old in present where old != new { try keychain.delete(name(vaultId, old)) }
        return true
    }

    private func generations(of vaultId: Data) throws(PortError) -> [UInt64] {
        let prefix = prefix(vaultId)
        return try keychain.names(prefix: prefix).compactMap { UInt64($0.dropFirst(prefix.count)) }
    }

    private func prefix(_ vaultId: Data) -> String {
        vaultId.map { String(format: "%02x", $0) }.joined() + "."
    }

    private func name(_ vaultId: Data, _ generation: UInt64) -> String {
        prefix(vaultId) + String(generation)
    }
}
