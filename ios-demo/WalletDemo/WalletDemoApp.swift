import SwiftUI

@main
struct WalletDemoApp: App {
    @State private var parts = AppParts()

    var body: some Scene {
        WindowGroup {
            if let model = parts.model {
                RootView().environment(model)
            } else {
                // Without its folder or its keychain there is no wallet; the entitlements are missing.
                Text("start_impossible")
            }
        }
    }
}
