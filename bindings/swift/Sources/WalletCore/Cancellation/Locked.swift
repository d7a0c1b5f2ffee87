import Foundation

/// A value that several threads use, one at a time.
final class Locked<Value: Sendable>: @unchecked Sendable {
    private let lock = NSLock()
    private var content: Value

    init(_ value: Value) {
        content = value
    }

    var value: Value {
        get { lock.withLock { content } }
        set { lock.withLock { content = newValue } }
    }

    func with<R>(_ body: (inout Value) -> R) -> R {
        lock.withLock { body(&content) }
    }
}
