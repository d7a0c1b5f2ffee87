import SwiftUI

/// Puts a page on paper.
protocol Printer: Sendable {
    @MainActor func print(_ sheet: Sheet)
}

extension EnvironmentValues {
    /// `nil` where nothing can be printed.
    var printer: (any Printer)? {
        get { self[PrinterKey.self] }
        set { self[PrinterKey.self] = newValue }
    }

    private struct PrinterKey: EnvironmentKey {
        static let defaultValue: (any Printer)? = nil
    }
}

#if canImport(UIKit)
    import UIKit

    /// By the system's print dialog.
    struct SystemPrinter: Printer {
        /// `nil` on phones that cannot print.
        @MainActor static var ifAvailable: SystemPrinter? {
            UIPrintInteractionController.isPrintingAvailable ? SystemPrinter() : nil
        }

        func print(_ sheet: Sheet) {
            let info = UIPrintInfo(dictionary: nil)
            info.outputType = .grayscale
            info.jobName = sheet.title
            let page = UISimpleTextPrintFormatter(text: sheet.text)
            page.font = .monospacedSystemFont(ofSize: 14, weight: .regular)
            page.perPageContentInsets = UIEdgeInsets(top: 54, left: 54, bottom: 54, right: 54)
            let dialog = UIPrintInteractionController.shared
            dialog.printInfo = info
            dialog.printFormatter = page
            dialog.present(animated: true)
        }
    }
#endif
