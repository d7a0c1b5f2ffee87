import WalletCoreBindings

extension Wallet {
    /// One element for each time that something changed since the element before; it ends when the wallet is closed.
    /// Changes in another process are not among them.
    public func changes(of event: WalletEvent) -> AsyncStream<Void> {
        changes.stream(of: [.event(event)])
    }

    /// What the wallet holds: now, and again after each change. `nil` while it is locked. It ends when the wallet is closed.
    ///
    /// - Throws: `WalletError` of a damaged vault.
    public func credentialLists() -> AsyncThrowingStream<CredentialList?, any Error> {
        observed([.event(.credentialsChanged), .event(.locked), .unlocked]) { [core] in try await core.credentials() }
    }

    /// The history: now, and again after each change. `nil` while the wallet is locked. It ends when the wallet is closed.
    ///
    /// - Throws: `WalletError` of a damaged vault.
    public func histories() -> AsyncThrowingStream<History?, any Error> {
        observed([.event(.historyChanged), .event(.locked), .unlocked]) { [core] in try await core.history() }
    }

    /// Whether the wallet is unlocked: now, and again after each change. It ends when the wallet is closed.
    public func lockStates() -> AsyncThrowingStream<Bool, any Error> {
        let states = observed([.event(.locked), .unlocked]) { [core] in try core.isUnlocked() }
        return mapped(states) { $0 ?? false }
    }

    private func observed<T: Sendable>(
        _ signals: Set<Changes.Signal>, _ read: @escaping @Sendable () async throws -> T
    ) -> AsyncThrowingStream<T?, any Error> {
        // Before the first reading, so that no change falls between.
        let changed = changes.stream(of: signals)
        return AsyncThrowingStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            let reading = Task {
                do {
                    continuation.yield(try await unlessLocked(read))
                    for await _ in changed { continuation.yield(try await unlessLocked(read)) }
                    continuation.finish()
                } catch let error as WalletError where error.code == .vaultClosed {
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            continuation.onTermination = { _ in reading.cancel() }
        }
    }

    private func mapped<T: Sendable, U: Sendable>(
        _ source: AsyncThrowingStream<T, any Error>, _ map: @escaping @Sendable (T) -> U
    ) -> AsyncThrowingStream<U, any Error> {
        AsyncThrowingStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            let reading = Task {
                do {
                    for try await element in source { continuation.yield(map(element)) }
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            continuation.onTermination = { _ in reading.cancel() }
        }
    }
}

private func unlessLocked<T: Sendable>(_ read: @Sendable () async throws -> T) async throws -> T? {
    do {
        return try await read()
    } catch let error as WalletError where error.code == .locked {
        return nil
    }
}
