import Foundation
import LocalAuthentication
import WalletCore
import WalletCoreApple

/// What the app is made of on a phone. It lives as long as the app does.
@MainActor final class AppParts {
    static let appGroup = "group.org.walletcore.demo"

    /// `nil` when the phone gives the app no folder or no keychain.
    let model: Model?

    init() {
        model = try? Self.make()
    }

    private static func make() throws -> Model {
        // The app's own keychain: the extension that shows documents to websites has no keys yet.
        let phone = try Phone(appGroup: appGroup, accessGroup: nil)
        let preferences = Preferences(saved: UserDefaults.standard)
        let session = Session(
            folder: phone.folder, ports: phone.ports(), preferences: preferences, trusted: BundledTrust(bundle: .main))
        return Model(
            session: session, preferences: preferences, words: BundleWords(preferences: preferences, bundle: .main),
            hasBiometrics: hasBiometrics)
    }

    nonisolated static func hasBiometrics() -> Bool {
        LAContext().canEvaluatePolicy(.deviceOwnerAuthenticationWithBiometrics, error: nil)
    }
}
