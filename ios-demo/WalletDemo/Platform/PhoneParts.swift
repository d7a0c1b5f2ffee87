import SwiftUI

#if canImport(UIKit)
    import UIKit

    extension View {
        /// What only a phone has: a camera, a pasteboard, and printers in reach.
        func withTheParts() -> some View {
            environment(\.scanner, QrScanner.ifAvailable).environment(\.pasteboard, SystemPasteboard())
                .environment(\.printer, SystemPrinter.ifAvailable)
        }
    }

    final class AppDelegate: NSObject, UIApplicationDelegate {
        /// No keyboards of other apps: they would see the recovery key and whatever else is typed.
        func application(
            _ application: UIApplication, shouldAllowExtensionPointIdentifier point: UIApplication.ExtensionPointIdentifier
        ) -> Bool {
            point != .keyboard
        }
    }
#else
    extension View {
        func withTheParts() -> some View { self }
    }
#endif
