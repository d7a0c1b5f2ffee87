import SwiftUI
import WalletCore

/// Looks for a QR code with the phone's camera, where it has one.
struct ScanView: View {
    @Environment(Model.self) private var model
    @Environment(\.scanner) private var scanner

    var body: some View {
        Page(Text("scan_title"), back: { model.navigator.back() }) {
            Text("scan_about").foregroundStyle(Palette.ink)
            if let scanner {
                scanner { code in
                    model.navigator.back()
                    Task { await model.arrived(code, from: .scan) }
                }
            } else {
                Notice(tone: .warning, heading: Text("scan_failed"), about: Text("scan_failed_about"))
            }
        } foot: {
            // What the camera does, pasting does, too.
            WideButton("scan_paste", .quiet) { model.navigator.back() }
        }
    }
}

/// A view that calls for the first code that it sees. What the code says is as little trusted as any link.
typealias Scanner = @MainActor @Sendable (_ found: @escaping @MainActor (String) -> Void) -> AnyView

extension EnvironmentValues {
    /// `nil` where nothing can scan.
    var scanner: Scanner? {
        get { self[ScannerKey.self] }
        set { self[ScannerKey.self] = newValue }
    }

    private struct ScannerKey: EnvironmentKey {
        static let defaultValue: Scanner? = nil
    }
}
