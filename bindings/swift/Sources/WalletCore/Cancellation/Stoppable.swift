import Foundation
import WalletCoreBindings

/// Runs a call of the core that `stop` ends, and ends it when the surrounding task is cancelled: the core's futures know
/// nothing of Swift's tasks.
///
/// - Throws: `CancellationError` when it was ended so; otherwise what the call throws.
func stoppable<T: Sendable>(
    stop: @escaping @Sendable () -> Void, _ call: @Sendable () async throws -> T
) async throws -> T {
    try Task.checkCancellation()
    let stopping = Stopping()
    defer { stopping.end() }
    do {
        return try await withTaskCancellationHandler(operation: call) { stopping.begin(stop) }
    } catch let error as WalletError where error.code == .stopped && Task.isCancelled {
        throw CancellationError()
    }
}

/// Stops again and again until the call has ended: a stop reaches what is under way, not a call that is only about to
/// begin.
private final class Stopping: Sendable {
    private let ended = Locked(false)

    func begin(_ stop: @escaping @Sendable () -> Void) {
        guard !ended.value else { return }
        stop()
        DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(20)) { self.begin(stop) }
    }

    func end() {
        ended.value = true
    }
}
