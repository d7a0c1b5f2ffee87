import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// One call and its limits. Whatever comes first ends it: the answer, an error, the limit of bytes, the time-out, a
/// cancellation.
final class HttpCall: @unchecked Sendable {
    private let limit: UInt64
    private let lock = NSLock()
    private var task: URLSessionDataTask?
    private var waiting: CheckedContinuation<HttpResponse, any Error>?
    private var outcome: Result<HttpResponse, PortError>?
    private var response: HTTPURLResponse?
    private var body = Data()

    init(limit: UInt64) {
        self.limit = limit
    }

    func run(_ request: URLRequest, timeout: DispatchTimeInterval) async throws -> HttpResponse {
        try await withCheckedThrowingContinuation { continuation in
            let early = lock.withLock { () -> Result<HttpResponse, PortError>? in
                guard outcome == nil else { return outcome }
                waiting = continuation
                task = HttpSession.shared.task(request, for: self)
                return nil
            }
            if let early { return continuation.resume(with: early.mapError { $0 }) }
            DispatchQueue.global().asyncAfter(deadline: .now() + timeout) { [weak self] in
                self?.end(.failure(.TimedOut))
            }
            lock.withLock { task }?.resume()
        }
    }

    /// Ends the call. Only the first end counts.
    func end(_ result: Result<HttpResponse, PortError>) {
        let (task, waiting) = lock.withLock { () -> (URLSessionDataTask?, CheckedContinuation<HttpResponse, any Error>?) in
            guard outcome == nil else { return (nil, nil) }
            outcome = result
            body = Data()
            defer { (self.task, self.waiting) = (nil, nil) }
            return (self.task, self.waiting)
        }
        task?.cancel()
        waiting?.resume(with: result.mapError { $0 })
    }

    /// A redirect is the answer. What its body says is of no interest.
    func redirected(_ response: HTTPURLResponse) {
        end(.success(Self.answer(response, Data())))
    }

    /// The head came. Says whether to go on.
    func began(_ response: URLResponse) -> Bool {
        if response.expectedContentLength > 0, UInt64(response.expectedContentLength) > limit {
            end(.failure(.TooLarge))
            return false
        }
        lock.withLock { self.response = response as? HTTPURLResponse }
        return true
    }

    func received(_ data: Data) {
        let tooLong = lock.withLock {
            guard outcome == nil else { return false }
            guard UInt64(body.count) + UInt64(data.count) <= limit else { return true }
            body.append(data)
            return false
        }
        if tooLong { end(.failure(.TooLarge)) }
    }

    func completed(_ last: URLResponse?, _ error: (any Error)?) {
        if let error { return end(.failure(HttpFailure.portError(error))) }
        let (response, body) = lock.withLock { (self.response ?? last as? HTTPURLResponse, self.body) }
        guard let response else { return end(.failure(.Interrupted)) }
        // It was not asked for, and this may not be the body that signatures are over.
        let encoding = response.value(forHTTPHeaderField: "Content-Encoding")?.lowercased() ?? "identity"
        guard encoding == "identity" else { return end(.failure(.Unexpected(class: "ContentEncoding"))) }
        end(.success(Self.answer(response, body)))
    }

    private static func answer(_ response: HTTPURLResponse, _ body: Data) -> HttpResponse {
        let headers = response.allHeaderFields.compactMap { name, value -> HttpHeader? in
            guard let name = name as? String, let value = value as? String else { return nil }
            return HttpHeader(name: name, value: value)
        }
        return HttpResponse(status: UInt16(clamping: response.statusCode), headers: headers, body: body)
    }
}
