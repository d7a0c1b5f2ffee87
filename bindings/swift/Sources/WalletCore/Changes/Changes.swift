import Foundation
import WalletCoreBindings

/// Hears the core's events and hands them on: to the app's own listener, and to whoever observes.
final class Changes: WalletEvents {
    /// What observers hear of: the core's events, and that the wallet was unlocked.
    enum Signal: Hashable {
        case event(WalletEvent)
        case unlocked
    }

    private struct Observer {
        let signals: Set<Signal>
        let continuation: AsyncStream<Void>.Continuation
    }

    private let app: (any WalletEvents)?
    private let observers = Locked<[UUID: Observer]>([:])

    init(app: (any WalletEvents)?) {
        self.app = app
    }

    func happened(event: WalletEvent) throws {
        tell(.event(event))
        try guarded { try app?.happened(event: event) }
    }

    func tell(_ signal: Signal) {
        for observer in observers.value.values where observer.signals.contains(signal) {
            observer.continuation.yield()
        }
    }

    /// One element for any number of signals since the last one.
    func stream(of signals: Set<Signal>) -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let id = UUID()
        observers.with { $0[id] = Observer(signals: signals, continuation: continuation) }
        continuation.onTermination = { [observers] _ in observers.with { _ = $0.removeValue(forKey: id) } }
        return stream
    }

    /// Nothing will change any more.
    func finish() {
        for observer in observers.value.values { observer.continuation.finish() }
    }

    /// How many observe.
    var count: Int { observers.value.count }
}
