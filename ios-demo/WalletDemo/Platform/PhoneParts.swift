import SwiftUI

#if canImport(UIKit)
    import UIKit

    extension View {
        /// What only a phone has: a camera, and a pasteboard.
        func withTheParts() -> some View {
            environment(\.scanner, QrScanner.ifAvailable).environment(\.pasteboard, SystemPasteboard())
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
