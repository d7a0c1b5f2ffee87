import Foundation
import WalletCore

/// What a wallet needs of the phone, in one place: folder, keys, rollback anchor, network, clock.
public struct Phone: Sendable {
    private static let keys = "org.walletcore.keys"
    private static let anchors = "org.walletcore.anchors"

    /// Where the vault lies.
    public let folder: VaultFolder
    private let accessGroup: String?

    /// Also removes what an app that was deleted and installed again left in the keychain.
    ///
    /// - Parameters:
    ///   - appGroup: The app group of the entitlements, such as `group.org.example.wallet`.
    ///   - accessGroup: The keychain access group, team prefix included; `nil` for the app's own, which extensions cannot
    ///     see.
    /// - Throws: `CocoaError` when the folder cannot be had, `PortError` when the keychain cannot.
    public init(appGroup: String, accessGroup: String?) throws {
        try self.init(folder: VaultFolder(appGroup: appGroup), accessGroup: accessGroup)
    }

    /// The same with a folder of the app's own choice.
    public init(folder: VaultFolder, accessGroup: String?) throws {
        try FirstStart.removeOrphans(in: folder, services: [Self.keys, Self.anchors], accessGroup: accessGroup)
        self.folder = folder
        self.accessGroup = accessGroup
    }

    /// Keys in the Secure Enclave, the anchor in the keychain, the system's network and clocks.
    public func ports(http: any HttpClient = SystemHttpClient()) -> Ports {
        Ports(
            http: http, secureArea: EnclaveSecureArea(service: Self.keys, accessGroup: accessGroup),
            rollbackAnchor: KeychainRollbackAnchor(service: Self.anchors, accessGroup: accessGroup),
            clock: SystemClock(), events: nil)
    }
}
