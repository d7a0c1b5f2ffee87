import Foundation

/// Where things lie in the project, by where this file does.
package enum Project {
    package static let root: URL = {
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 0..<6 { folder.deleteLastPathComponent() }
        return folder
    }()

    /// A program that Cargo built for the tests.
    package static func program(_ path: String) -> String {
        root.appendingPathComponent("target/debug/\(path)").path
    }

    /// A new folder for one test; the process deletes what it leaves at the next start of the machine.
    package static func temporaryFolder() -> URL {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("wallet-\(UUID().uuidString)")
        try! FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }
}
