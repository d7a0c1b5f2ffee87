import Foundation
@_spi(Host) import SwiftUI

/// Pages of the screens, where `GALLERY` names a folder; `gallery` makes pictures of them.
@MainActor enum Gallery {
    static func save(_ host: ViewHost, _ name: String) throws {
        guard let folder = ProcessInfo.processInfo.environment["GALLERY"] else { return }
        for night in [false, true] {
            let file = URL(fileURLWithPath: folder).appendingPathComponent("\(night ? "night" : "day")-\(name).html")
            try host.html(colors: Colors(night: night).named).write(to: file, atomically: true, encoding: .utf8)
        }
    }
}
