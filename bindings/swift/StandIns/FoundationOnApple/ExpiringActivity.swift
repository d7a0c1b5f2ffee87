import Foundation

extension ProcessInfo {
    /// Runs the block on a queue of the system, with `true` when the time is over.
    public func performExpiringActivity(withReason reason: String, using block: @escaping @Sendable (Bool) -> Void) {
        DispatchQueue.global().async { block(false) }
    }
}
