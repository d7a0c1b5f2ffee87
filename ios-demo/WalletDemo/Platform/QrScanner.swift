#if canImport(UIKit) && canImport(VisionKit)
    import SwiftUI
    import VisionKit

    /// The system's scanner for QR codes. It shows what the camera sees, and keeps nothing of it.
    struct QrScanner: UIViewControllerRepresentable {
        let found: @MainActor (String) -> Void

        /// `nil` on phones whose camera cannot, or where the citizen does not allow it.
        @MainActor static var ifAvailable: Scanner? {
            guard DataScannerViewController.isSupported else { return nil }
            return { found in AnyView(QrScanner(found: found).aspectRatio(1, contentMode: .fit)) }
        }

        func makeUIViewController(context: Context) -> DataScannerViewController {
            let scanner = DataScannerViewController(recognizedDataTypes: [.barcode(symbologies: [.qr])])
            scanner.delegate = context.coordinator
            return scanner
        }

        func updateUIViewController(_ scanner: DataScannerViewController, context: Context) {
            // Without the citizen's leave the picture stays empty; the link can be pasted.
            try? scanner.startScanning()
        }

        static func dismantleUIViewController(_ scanner: DataScannerViewController, coordinator: Coordinator) {
            scanner.stopScanning()
        }

        func makeCoordinator() -> Coordinator {
            Coordinator(found: found)
        }

        @MainActor final class Coordinator: NSObject, DataScannerViewControllerDelegate {
            private var found: (@MainActor (String) -> Void)?

            init(found: @escaping @MainActor (String) -> Void) {
                self.found = found
            }

            func dataScanner(_ scanner: DataScannerViewController, didAdd added: [RecognizedItem], allItems: [RecognizedItem]) {
                for case .barcode(let code) in added {
                    guard let text = code.payloadStringValue, let tell = found else { continue }
                    found = nil
                    tell(text)
                }
            }
        }
    }
#endif
