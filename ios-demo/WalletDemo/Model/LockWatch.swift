import Observation
import WalletCore

/// Warns before the wallet locks itself, and sees to it that it does so in time.
@MainActor @Observable final class LockWatch {
    /// How long before, in milliseconds.
    private static let warning: UInt64 = 30_000
    private static let second: UInt64 = 1000

    /// Waits for so many milliseconds.
    typealias Pause = @Sendable (_ milliseconds: UInt64) async throws -> Void

    /// The seconds that are left, once they are few; `nil` while there is nothing to warn of.
    private(set) var secondsLeft: Int?

    @ObservationIgnored private let session: Session
    @ObservationIgnored private let pause: Pause
    @ObservationIgnored private var watching: Task<Void, Never>?

    init(session: Session, pause: @escaping Pause) {
        (self.session, self.pause) = (session, pause)
    }

    /// From now on this wallet is the one that is open.
    func isOpen(_ wallet: Wallet) {
        watching?.cancel()
        watching = Task { [weak self, session, pause] in
            // Asking is what locks it when it is time.
            while !Task.isCancelled, let rest = try? session.millisecondsUntilLock(of: wallet) {
                let isSoon = rest <= Self.warning
                self?.secondsLeft = isSoon ? Int((rest + Self.second - 1) / Self.second) : nil
                do {
                    try await pause(isSoon ? max(1, min(rest, Self.second)) : rest - Self.warning)
                } catch {
                    return
                }
            }
            if !Task.isCancelled { self?.secondsLeft = nil }
        }
    }

    /// There is nothing to watch: it is locked, or no more.
    func stop() {
        watching?.cancel()
        secondsLeft = nil
    }

    /// The citizen is still there: any use of the wallet begins the time anew.
    func stay() async {
        guard let wallet = try? await session.present() else { return }
        // Where that is too late, the lock screen is there.
        if (try? await wallet.pending()) != nil { isOpen(wallet) }
        secondsLeft = nil
    }
}
