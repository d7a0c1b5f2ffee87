import Foundation

#if canImport(FoundationOnApple)
    import FoundationOnApple
#endif

/// Where the vault's file lies: in the folder of the app group from the first version on, so that an extension can share
/// it without a move.
public struct VaultFolder: Sendable {
    /// The folder.
    public let url: URL

    /// The folder of an app group.
    ///
    /// - Throws: `CocoaError(.fileNoSuchFile)` when the app is not in the group: its entitlements do not name it.
    public init(appGroup: String) throws {
        guard let container = FileManager.default.containerURL(forSecurityApplicationGroupIdentifier: appGroup) else {
            throw CocoaError(.fileNoSuchFile)
        }
        try self.init(container.appendingPathComponent("Wallet", isDirectory: true))
    }

    /// Any folder; it is made when it is missing, kept out of backups, and sealed by the system while the phone is locked.
    /// SQLite's files beside the vault get the same protection from the folder.
    public init(_ url: URL) throws {
        try FileManager.default.createDirectory(
            at: url, withIntermediateDirectories: true, attributes: [.protectionKey: Self.protection])
        // Again, for a folder that was there already.
        try FileManager.default.setAttributes([.protectionKey: Self.protection], ofItemAtPath: url.path)
        var folder = url
        var values = URLResourceValues()
        values.isExcludedFromBackup = true
        try folder.setResourceValues(values)
        self.url = url
    }

    /// The vault's file.
    public var file: URL { url.appendingPathComponent("vault.db", isDirectory: false) }

    /// Whether there is a vault.
    public var hasVault: Bool { FileManager.default.fileExists(atPath: file.path) }

    /// `complete` would break what is under way when the phone locks; this one lets it end, and nobody opens the file anew.
    private static let protection = FileProtectionType.completeUnlessOpen
}
