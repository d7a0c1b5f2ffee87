import SwiftUI
import WalletCore

/// The app's one window: the screen that is open, in the citizen's language.
struct RootView: View {
    @Environment(Model.self) private var model
    @Environment(\.scenePhase) private var phase
    @Environment(\.isSceneCaptured) private var isCaptured

    var body: some View {
        @Bindable var files = model.files
        VStack(spacing: 0) {
            if isCaptured {
                Notice(tone: .warning, heading: Text("screen_captured"), about: Text("screen_captured_about"))
                    .padding(Space.medium)
            }
            if let seconds = model.lockWatch.secondsLeft { LockWarning(seconds: seconds) }
            ScreenView(screen: model.navigator.current)
                .fileImporter(isPresented: $files.asksWhich, allowedContentTypes: [.item], allowsMultipleSelection: false) {
                    files.chose($0.map { $0[0] })
                } onCancellation: {
                    files.leave()
                }
        }
        .background(Palette.background)
        .fileExporter(isPresented: $files.asksWhere, item: files.outgoing, defaultFilename: files.outgoing?.name) {
            files.chose($0)
        } onCancellation: {
            files.leave()
        }
        // The picture in the app switcher, and what others see while the phone is handed on.
        .overlay { if phase != .active { Cover() } }
        .environment(\.locale, Locale(identifier: model.preferences.language))
        .task(id: phase) {
            if phase == .active { await model.cameToFront() }
        }
        .task(id: model.underway) { model.preferences.remember(model.underway) }
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
        case .restore: RestoreView()
        case .showRecoveryKey: ShowRecoveryKeyView()
        case .confirmRecoveryKey: ConfirmRecoveryKeyView()
        case .replaceRecoveryKey: ReplaceRecoveryKeyView()
        case .offerBiometrics: BiometricsView()
        case .unlock: UnlockView()
        case .unlockByRecoveryKey: UnlockByRecoveryKeyView()
        case .newPin: NewPinView()
        case .erase: EraseView()
        case .documents: DocumentsView()
        case .document(let id): DocumentView(id: id)
        case .reissue: ReissueView()
        case .add: AddView()
        case .scan: ScanView()
        case .receive: ReceiveView()
        case .share: ShareView()
        case .history: HistoryView()
        case .historyEntry(let number): HistoryEntryView(number: number)
        case .settings: SettingsView()
        case .changePin: ChangePinView()
        case .checkup: CheckupView()
        case .backUp: BackUpView()
        case .moveOut: MoveOutView()
        case .moveIn: MoveInView()
        case .about: AboutView()
        }
    }
}
