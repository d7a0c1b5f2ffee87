import SwiftUI
import WalletCore

/// The app's one window: the screen that is open, in the citizen's language.
struct RootView: View {
    @Environment(Model.self) private var model
    @Environment(\.scenePhase) private var phase
    @Environment(\.isSceneCaptured) private var isCaptured

    var body: some View {
        VStack(spacing: 0) {
            if isCaptured {
                Notice(tone: .warning, heading: Text("screen_captured"), about: Text("screen_captured_about"))
                    .padding(Space.medium)
            }
            ScreenView(screen: model.navigator.current)
        }
        .background(Palette.background)
        // The picture in the app switcher, and what others see while the phone is handed on.
        .overlay { if phase != .active { Cover() } }
        .environment(\.locale, Locale(identifier: model.preferences.language))
        .task(id: phase) {
            if phase == .active { await model.cameToFront() }
        }
        .onOpenURL { url in
            Task { await model.arrived(url.absoluteString, from: .link) }
        }
    }
}

private struct ScreenView: View {
    let screen: Screen

    var body: some View {
        switch screen {
        case .starting: StartingView()
        case .begin: BeginView()
        case .showRecoveryKey: ShowRecoveryKeyView()
        case .confirmRecoveryKey: ConfirmRecoveryKeyView()
        case .replaceRecoveryKey: ReplaceRecoveryKeyView()
        case .offerBiometrics: BiometricsView()
        case .unlock: UnlockView()
        case .unlockByRecoveryKey: UnlockByRecoveryKeyView()
        case .documents: DocumentsView()
        case .document(let id): DocumentView(id: id)
        case .add: AddView()
        case .scan: ScanView()
        case .receive: ReceiveView()
        case .share: ShareView()
        case .history: HistoryView()
        case .settings: SettingsView()
        case .changePin: ChangePinView()
        }
    }
}
