import WalletCoreBindings

// What an app gives for a port may throw anything. The core hears a `PortError`: its own, or the name of the type that was
// thrown, never a message.

func guarded<T>(_ call: () throws -> T) throws(PortError) -> T {
    do { return try call() } catch { throw .unexpected(error) }
}

func guarded<T>(_ call: () async throws -> T) async throws(PortError) -> T {
    do { return try await call() } catch { throw .unexpected(error) }
}

extension Ports {
    /// The same ports behind guards, with `changes` to hear of events before the app does.
    func guarded(_ changes: Changes) -> Ports {
        Ports(
            http: GuardedHttpClient(http), secureArea: secureArea.map(GuardedSecureArea.init),
            rollbackAnchor: rollbackAnchor.map(GuardedRollbackAnchor.init), clock: GuardedClock(clock), events: changes)
    }
}
