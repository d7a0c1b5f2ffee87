import Foundation
import Security
import WalletCore

/// Small secrets in the keychain under one service: this device only, not synchronised, readable while the phone is
/// unlocked, and shared by the apps and extensions of one keychain access group.
struct Keychain: Sendable {
    /// Tells this keychain's items from the app's other ones.
    let service: String
    /// The keychain access group of the app's entitlements, team prefix included; `nil` for the app's own.
    let accessGroup: String?

    /// Adds an item; `false` when there is one of that name.
    func add(_ name: String, _ value: Data, whilePasscodeIsSet: Bool = false) throws(PortError) -> Bool {
        var item = query(name)
        item[kSecValueData as String] = value
        // An item of the second kind is gone when the citizen removes the passcode.
        item[kSecAttrAccessible as String] =
            whilePasscodeIsSet
            ? kSecAttrAccessibleWhenPasscodeSetThisDeviceOnly : kSecAttrAccessibleWhenUnlockedThisDeviceOnly
        let status = SecItemAdd(item as CFDictionary, nil)
        if status == errSecDuplicateItem { return false }
        try Self.check(status)
        return true
    }

    /// The value of an item; `nil` when there is none.
    func get(_ name: String) throws(PortError) -> Data? {
        var item = query(name)
        item[kSecReturnData as String] = true
        item[kSecMatchLimit as String] = kSecMatchLimitOne
        var found: CFTypeRef?
        let status = SecItemCopyMatching(item as CFDictionary, &found)
        if status == errSecItemNotFound { return nil }
        try Self.check(status)
        return found as? Data
    }

    /// Deletes an item. One that is not there is no error.
    func delete(_ name: String) throws(PortError) {
        let status = SecItemDelete(query(name) as CFDictionary)
        if status != errSecItemNotFound { try Self.check(status) }
    }

    /// Deletes all items.
    func deleteAll() throws(PortError) {
        let status = SecItemDelete(query(nil) as CFDictionary)
        if status != errSecItemNotFound { try Self.check(status) }
    }

    /// The names of all items that begin with `prefix`.
    func names(prefix: String) throws(PortError) -> [String] {
        var items = query(nil)
        items[kSecReturnAttributes as String] = true
        items[kSecMatchLimit as String] = kSecMatchLimitAll
        var found: CFTypeRef?
        let status = SecItemCopyMatching(items as CFDictionary, &found)
        if status == errSecItemNotFound { return [] }
        try Self.check(status)
        let attributes = found as? [[String: Any]] ?? []
        return attributes.compactMap { $0[kSecAttrAccount as String] as? String }.filter { $0.hasPrefix(prefix) }
    }

    private func query(_ name: String?) -> [String: Any] {
        var query: [String: Any] = [
            kSecClass as String: kSecClassGenericPassword,
            kSecAttrService as String: service,
            kSecAttrSynchronizable as String: false,
            kSecUseDataProtectionKeychain as String: true,
        ]
        query[kSecAttrAccount as String] = name
        query[kSecAttrAccessGroup as String] = accessGroup
        return query
    }

    private static func check(_ status: OSStatus) throws(PortError) {
        // A number of Apple's, without anything of the item.
        if status != errSecSuccess { throw .Unexpected(class: "OSStatus\(status)") }
    }
}
