import Foundation
import WalletCore

/// The system's client, with a count of its calls.
package final class CountingHttpClient: HttpClient, @unchecked Sendable {
    private let system = SystemHttpClient()
    private let lock = NSLock()
    private var requests: [HttpRequest] = []

    package init() {}

    package var count: Int { lock.withLock { requests.count } }

    /// How many calls went to addresses that hold this text.
    package func count(to part: String, _ method: HttpMethod) -> Int {
        lock.withLock { requests.count { $0.url.contains(part) && $0.method == method } }
    }

    package func send(request: HttpRequest) async throws -> HttpResponse {
        lock.withLock { requests.append(request) }
        return try await system.send(request: request)
    }
}

/// The system's client, whose answers to POST come only when a test says so.
package final class HeldHttpClient: HttpClient, @unchecked Sendable {
    private let system = SystemHttpClient()
    private let lock = NSLock()
    private var held = 0
    private var cancelled = 0

    package init() {}

    /// How many calls are held, or were.
    package var heldCalls: Int { lock.withLock { held } }
    /// How many of them were cancelled.
    package var cancelledCalls: Int { lock.withLock { cancelled } }

    package func send(request: HttpRequest) async throws -> HttpResponse {
        guard request.method == .post else { return try await system.send(request: request) }
        lock.withLock { held += 1 }
        do {
            try await Task.sleep(for: .seconds(60))
        } catch {
            lock.withLock { cancelled += 1 }
            throw PortError.Cancelled
        }
        throw PortError.TimedOut
    }
}

/// What an app's own client throws when it is wrong in its own way.
package final class BrokenHttpClient: HttpClient {
    private let thrown: any Error

    package init(throwing error: any Error) { thrown = error }

    package func send(request: HttpRequest) async throws -> HttpResponse { throw thrown }
}
