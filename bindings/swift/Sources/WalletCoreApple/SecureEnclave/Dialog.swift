import Foundation
import LocalAuthentication
import WalletCore

/// The session's dialog with the citizen. An `LAContext` asks once and then serves until it is invalidated; a new one asks
/// again.
final class Dialog: @unchecked Sendable {
    private let reason: String
    private let lock = NSLock()
    private var present: (context: LAContext, since: DispatchTime)?
    private var ended = false

    init(reason: String) {
        self.reason = reason
    }

    /// The context for a key that asks so often.
    ///
    /// - Throws: `PortError.NoSuchKey` after the end.
    func context(for asks: EnclaveKey.Asks) throws -> LAContext {
        try lock.withLock {
            if ended { throw PortError.NoSuchKey }
            if let present, !isOver(present.since, asks) { return present.context }
            present?.context.invalidate()
            let context = LAContext()
            context.localizedReason = reason
            present = (context, .now())
            return context
        }
    }

    func end() {
        lock.withLock {
            ended = true
            present?.context.invalidate()
            present = nil
        }
    }

    private func isOver(_ since: DispatchTime, _ asks: EnclaveKey.Asks) -> Bool {
        switch asks {
        case .never: false
        case .within(let seconds): DispatchTime.now() > since + .seconds(Int(clamping: seconds))
        case .eachTime: true
        }
    }
}
