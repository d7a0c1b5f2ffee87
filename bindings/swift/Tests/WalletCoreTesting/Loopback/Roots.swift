import Foundation

/// The TLS roots that this process trusts. Each is added before the first call to a server under it.
///
/// On Linux URLSession trusts what the system's store has, and nothing else can be said to it. The tests run with a file of
/// their own in place of the store (`toolchain/run` puts it there), and this writes into it.
package enum Roots {
    private static let lock = NSLock()
    private static let file = Project.root.appendingPathComponent("bindings/swift/.build/roots.pem")

    package static func trust(_ pem: String) throws {
        try lock.withLock {
            let store = try FileHandle(forWritingTo: file)
            defer { try? store.close() }
            try store.seekToEnd()
            try store.write(contentsOf: Data((pem + "\n").utf8))
        }
    }
}
