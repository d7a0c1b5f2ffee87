import Foundation
import WalletCore

/// The first start after the app was deleted and installed again: the system deleted the files and left the keychain.
public enum FirstStart {
    /// Deletes keys and rollback anchors that no vault can belong to, since there is none. Call it before the wallet is
    /// made or opened; it is cheap when there is nothing to do.
    ///
    /// - Throws: `PortError` of the keychain.
    public static func removeOrphans(in folder: VaultFolder, services: [String], accessGroup: String?) throws {
        guard !folder.hasVault else { return }
        for service in services {
            try Keychain(service: service, accessGroup: accessGroup).deleteAll()
        }
    }
}
