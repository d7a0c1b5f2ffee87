import Observation
import WalletCore

/// Something that takes a while and may fail: whether it is under way, and what came of it the last time.
@MainActor @Observable final class Work {
    private(set) var isBusy = false

    /// What the last try failed with, until the next one begins.
    private(set) var failure: WalletError?

    /// Does it, unless it is under way already: a second tap does nothing.
    func run(_ work: @MainActor () async throws -> Void) async {
        guard !isBusy else { return }
        (isBusy, failure) = (true, nil)
        defer { isBusy = false }
        do {
            try await work()
        } catch is CancellationError {
            // Whoever cancelled knows.
        } catch {
            failure = (error as? WalletError) ?? Self.ofTheFiles
        }
    }

    /// Forgets what failed.
    func clear() {
        failure = nil
    }

    /// Whatever is no `WalletError` comes from the system's files; what it says is for programmers.
    private static let ofTheFiles = WalletError.Report(
        fault: Fault(code: .storageFailed, place: nil, httpStatus: nil, attemptsLeft: nil, retryAt: nil))
}
