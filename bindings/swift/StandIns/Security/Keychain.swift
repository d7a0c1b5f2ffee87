import Foundation

public let errSecSuccess: OSStatus = 0
public let errSecItemNotFound: OSStatus = -25300
public let errSecDuplicateItem: OSStatus = -25299
public let errSecInteractionNotAllowed: OSStatus = -25308

nonisolated(unsafe) public let kSecClass: CFString = "class"
nonisolated(unsafe) public let kSecClassGenericPassword: CFString = "genp"
nonisolated(unsafe) public let kSecAttrService: CFString = "svce"
nonisolated(unsafe) public let kSecAttrAccount: CFString = "acct"
nonisolated(unsafe) public let kSecAttrAccessGroup: CFString = "agrp"
nonisolated(unsafe) public let kSecAttrSynchronizable: CFString = "sync"
nonisolated(unsafe) public let kSecAttrAccessible: CFString = "pdmn"
nonisolated(unsafe) public let kSecAttrAccessibleWhenUnlockedThisDeviceOnly: CFString = "aku"
nonisolated(unsafe) public let kSecAttrAccessibleWhenPasscodeSetThisDeviceOnly: CFString = "akpu"
nonisolated(unsafe) public let kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly: CFString = "cku"
nonisolated(unsafe) public let kSecUseDataProtectionKeychain: CFString = "nleg"
nonisolated(unsafe) public let kSecValueData: CFString = "v_Data"
nonisolated(unsafe) public let kSecReturnData: CFString = "r_Data"
nonisolated(unsafe) public let kSecReturnAttributes: CFString = "r_Attributes"
nonisolated(unsafe) public let kSecMatchLimit: CFString = "m_Limit"
nonisolated(unsafe) public let kSecMatchLimitAll: CFString = "m_LimitAll"
nonisolated(unsafe) public let kSecMatchLimitOne: CFString = "m_LimitOne"

public func SecItemAdd(_ attributes: CFDictionary, _ result: UnsafeMutablePointer<CFTypeRef?>?) -> OSStatus {
    Keychain.add(attributes)
}
public func SecItemUpdate(_ query: CFDictionary, _ attributesToUpdate: CFDictionary) -> OSStatus {
    Keychain.update(query, attributesToUpdate)
}
public func SecItemCopyMatching(_ query: CFDictionary, _ result: UnsafeMutablePointer<CFTypeRef?>?) -> OSStatus {
    Keychain.find(query, result)
}
public func SecItemDelete(_ query: CFDictionary) -> OSStatus { Keychain.delete(query) }

/// The keychain as tests play it: one for all tests of the process, which therefore use services of their own.
@_spi(Phone) public enum Keychain {
    private typealias Item = [String: Any]
    private static let lock = NSLock()
    nonisolated(unsafe) private static var items: [Item] = []
    nonisolated(unsafe) private static var failure: OSStatus?
    nonisolated(unsafe) private static var file: URL?

    private static let identity = [kSecClass, kSecAttrService, kSecAttrAccount, kSecAttrAccessGroup].map { "\($0)" }
    private static let attributes = identity + [kSecAttrSynchronizable, kSecAttrAccessible].map { "\($0)" }

    /// Makes every call end so, until it is `nil` again.
    public static func fail(with status: OSStatus?) { lock.withLock { failure = status } }

    /// Keeps all items in a file from now on, as a phone's keychain outlives the process; what is in it already is there again.
    public static func lasts(in file: URL) throws {
        try lock.withLock {
            if let kept = try? Data(contentsOf: file) {
                items += try PropertyListSerialization.propertyList(from: kept, format: nil) as? [Item] ?? []
            }
            self.file = file
        }
    }

    private static func keep() {
        guard let file else { return }
        let plain = items.map { item in
            item.compactMapValues { value -> Any? in
                (value as? Data) ?? (value as? NSData).map { Data(referencing: $0) } ?? (value as? String) ?? (value as? Bool)
            }
        }
        let bytes = try! PropertyListSerialization.data(fromPropertyList: plain, format: .binary, options: 0)
        try! bytes.write(to: file, options: .atomic)
    }

    /// The attributes of all items of a service, as an app with the access group sees them.
    public static func attributes(ofService service: String) -> [[String: String]] {
        lock.withLock {
            items.filter { $0["\(kSecAttrService)"] as? String == service }.map { item in
                item.compactMapValues { $0 as? String }
            }
        }
    }

    private static func plain(_ query: CFDictionary) -> Item {
        var item: Item = [:]
        for (key, value) in query { item["\(key)"] = (value as? NSString).map { "\($0)" } ?? value }
        return item
    }

    private static func same(_ item: Item, _ query: Item) -> Bool {
        identity.allSatisfy { query[$0] == nil || query[$0] as? String == item[$0] as? String }
    }

    static func add(_ attributes: CFDictionary) -> OSStatus {
        lock.withLock {
            if let failure { return failure }
            let new = plain(attributes)
            guard !items.contains(where: { same($0, new) }) else { return errSecDuplicateItem }
            items.append(new)
            keep()
            return errSecSuccess
        }
    }

    static func update(_ query: CFDictionary, _ change: CFDictionary) -> OSStatus {
        lock.withLock {
            if let failure { return failure }
            let wanted = plain(query)
            let found = items.indices.filter { same(items[$0], wanted) }
            for index in found { items[index].merge(plain(change)) { $1 } }
            keep()
            return found.isEmpty ? errSecItemNotFound : errSecSuccess
        }
    }

    static func delete(_ query: CFDictionary) -> OSStatus {
        lock.withLock {
            if let failure { return failure }
            let wanted = plain(query)
            let before = items.count
            items.removeAll { same($0, wanted) }
            keep()
            return items.count == before ? errSecItemNotFound : errSecSuccess
        }
    }

    static func find(_ query: CFDictionary, _ result: UnsafeMutablePointer<CFTypeRef?>?) -> OSStatus {
        lock.withLock {
            if let failure { return failure }
            let wanted = plain(query)
            let found = items.filter { same($0, wanted) }
            guard let first = found.first else { return errSecItemNotFound }
            let all = wanted["\(kSecMatchLimit)"] as? String == "\(kSecMatchLimitAll)"
            if wanted["\(kSecReturnAttributes)"] != nil {
                let shown = found.map { item in
                    item.filter { Self.attributes.contains($0.key) } as NSDictionary
                }
                result?.pointee = all ? shown as NSArray : shown[0]
            } else if wanted["\(kSecReturnData)"] != nil {
                result?.pointee = first["\(kSecValueData)"] as? NSData ?? (first["\(kSecValueData)"] as? Data).map { $0 as NSData }
            }
            return errSecSuccess
        }
    }
}
