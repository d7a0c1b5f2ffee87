import SwiftUI

@main
struct WalletDemoApp: App {
    #if canImport(UIKit)
        @UIApplicationDelegateAdaptor(AppDelegate.self) private var delegate
    #endif
    @State private var parts = AppParts()

    var body: some Scene {
        WindowGroup {
            if let model = parts.model {
                RootView().environment(model).withTheParts()
            } else {
                // Without its folder or its keychain there is no wallet; the entitlements are missing.
                Text("start_impossible")
            }
        }
    }
}
