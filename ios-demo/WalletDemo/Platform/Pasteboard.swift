import SwiftUI

/// Where a copied value goes.
protocol Pasteboard: Sendable {
    /// Copies something personal: to be forgotten soon, and never to reach another device.
    @MainActor func copy(_ personal: String)
}

extension EnvironmentValues {
    /// `nil` where nothing can be copied.
    var pasteboard: (any Pasteboard)? {
        get { self[PasteboardKey.self] }
        set { self[PasteboardKey.self] = newValue }
    }

    private struct PasteboardKey: EnvironmentKey {
        static let defaultValue: (any Pasteboard)? = nil
    }
}

#if canImport(UIKit)
    import UIKit
    import UniformTypeIdentifiers

    struct SystemPasteboard: Pasteboard {
        private static let seconds: TimeInterval = 60

        func copy(_ personal: String) {
            UIPasteboard.general.setItems(
                [[UTType.utf8PlainText.identifier: personal]],
                options: [.localOnly: true, .expirationDate: Date(timeIntervalSinceNow: Self.seconds)])
        }
    }
#endif
