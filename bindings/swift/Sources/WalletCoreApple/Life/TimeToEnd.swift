import Foundation

#if canImport(FoundationOnApple)
    import FoundationOnApple
#endif

/// Asks the system to let the app run until the work is done, which it grants for some seconds.
func withTimeToEnd(_ reason: String, _ work: @escaping @Sendable () async -> Void) {
    #if !os(macOS)
        let done = DispatchSemaphore(value: 0)
        ProcessInfo.processInfo.performExpiringActivity(withReason: reason) { expired in
            // The activity lasts until this returns. When the time is over the system calls again, with `true`.
            if !expired { done.wait() }
        }
        Task {
            await work()
            done.signal()
        }
    #else
        Task { await work() }
    #endif
}
