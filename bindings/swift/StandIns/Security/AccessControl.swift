import Foundation

/// Who may use a key.
public final class SecAccessControl: @unchecked Sendable {
    @_spi(Phone) public let flags: SecAccessControlCreateFlags
    @_spi(Phone) public let protection: String
    init(flags: SecAccessControlCreateFlags, protection: String) { (self.flags, self.protection) = (flags, protection) }
}

public struct SecAccessControlCreateFlags: OptionSet, Sendable {
    public let rawValue: UInt
    public init(rawValue: UInt) { self.rawValue = rawValue }
    public static let userPresence = Self(rawValue: 1 << 0)
    public static let biometryAny = Self(rawValue: 1 << 1)
    public static let biometryCurrentSet = Self(rawValue: 1 << 3)
    public static let devicePasscode = Self(rawValue: 1 << 4)
    public static let privateKeyUsage = Self(rawValue: 1 << 30)
}

public func SecAccessControlCreateWithFlags(
    _ allocator: CFTypeRef?, _ protection: CFTypeRef, _ flags: SecAccessControlCreateFlags,
    _ error: UnsafeMutablePointer<Unmanaged<CFError>?>?
) -> SecAccessControl? {
    SecAccessControl(flags: flags, protection: (protection as? NSString).map { "\($0)" } ?? "")
}
