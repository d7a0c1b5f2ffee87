import Foundation
@testable import WalletDemo
@_spi(Host) import SwiftUI

/// Where the app's files lie, by where this file does.
enum AppFiles {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    static let app = root.appendingPathComponent("WalletDemo")
    static let catalog = try! StringCatalog(app.appendingPathComponent("Localizable.xcstrings"))
}

/// The sentences of the phone's dialogs, from the catalogue as it is: on a Mac Xcode compiles it into the bundle.
struct TestWords: Words {
    let preferences: Preferences

    var setPin: String { text("prompt_set_pin") }
    var unlock: String { text("prompt_unlock") }
    var receive: String { text("prompt_receive") }
    var useBiometrics: String { text("prompt_use_biometrics") }
    func share(with verifier: String) -> String { text("prompt_share %@").replacingOccurrences(of: "%1$@", with: verifier) }

    private func text(_ key: String) -> String { AppFiles.catalog.text(key, preferences.language)! }
}
