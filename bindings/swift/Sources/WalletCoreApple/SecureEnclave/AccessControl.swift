import Foundation
import Security
import WalletCore

/// Who may use a key.
enum AccessControl {
    /// For a key that signs.
    static func signing(_ asks: EnclaveKey.Asks) throws(PortError) -> SecAccessControl {
        switch asks {
        case .never: try make(kSecAttrAccessibleWhenUnlockedThisDeviceOnly, [.privateKeyUsage])
        case .within, .eachTime:
            try make(kSecAttrAccessibleWhenPasscodeSetThisDeviceOnly, [.privateKeyUsage, .userPresence])
        }
    }

    /// For a key that seals a guard secret.
    static func sealing(_ policy: SealPolicy) throws(PortError) -> SecAccessControl {
        switch policy {
        case .thisDevice: try make(kSecAttrAccessibleWhenUnlockedThisDeviceOnly, [.privateKeyUsage])
        // The current set: biometrics that are enrolled later open nothing.
        case .biometrics:
            try make(kSecAttrAccessibleWhenPasscodeSetThisDeviceOnly, [.privateKeyUsage, .biometryCurrentSet])
        }
    }

    private static func make(_ protection: CFString, _ flags: SecAccessControlCreateFlags) throws(PortError) -> SecAccessControl {
        guard let access = SecAccessControlCreateWithFlags(nil, protection, flags, nil) else {
            throw .LevelNotAvailable
        }
        return access
    }
}
