import Foundation
@testable import WalletDemo
@_spi(Host) import SwiftUI

/// Where the app's files lie, by where this file does.
enum AppFiles {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    static let app = root.appendingPathComponent("WalletDemo")
    static let catalog = try! StringCatalog(app.appendingPathComponent("Localizable.xcstrings"))
}

/// The words of dialogs and files, from the catalogue as it is: on a Mac Xcode compiles it into the bundle.
struct TestWords: Words {
    let preferences: Preferences

    func text(_ key: String, _ arguments: any CVarArg...) -> String {
        let number = arguments.lazy.compactMap { $0 as? Int }.first.map(Double.init)
        var text = AppFiles.catalog.text(key, preferences.language, number)!
        for (position, argument) in arguments.enumerated() {
            let places = ["%\(position + 1)$@", "%\(position + 1)$lld", "%@", "%lld"]
            let range = places.lazy.compactMap { text.range(of: $0) }.first!
            text.replaceSubrange(range, with: "\(argument)")
        }
        return text
    }
}
