import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// One call and its limits. Whatever comes first ends it: the answer, an error, the limit of bytes, the time-out, a
/// cancellation.
final class HttpCall: NSObject, URLSessionDataDelegate, @unchecked Sendable {
    private let limit: UInt64
    private let lock = NSLock()
    private var session: URLSession?
    private var waiting: CheckedContinuation<HttpResponse, any Error>?
    private var outcome: Result<HttpResponse, PortError>?
    private var response: HTTPURLResponse?
    private var body = Data()

    init(limit: UInt64) {
        self.limit = limit
    }

    func run(_ request: URLRequest, timeout: DispatchTimeInterval) async throws -> HttpResponse {
        try await withCheckedThrowingContinuation { continuation in
            let configuration = Self.configuration()
            let session = URLSession(configuration: configuration, delegate: self, delegateQueue: nil)
            let early = lock.withLock { () -> Result<HttpResponse, PortError>? in
                if outcome == nil { (waiting, self.session) = (continuation, session) }
                return outcome
            }
            if let early {
                session.invalidateAndCancel()
                return continuation.resume(with: early.mapError { $0 })
            }
            DispatchQueue.global().asyncAfter(deadline: .now() + timeout) { [weak self] in
                self?.end(.failure(.TimedOut))
            }
            session.dataTask(with: request).resume()
        }
    }

    /// Ends the call. Only the first end counts.
    func end(_ result: Result<HttpResponse, PortError>) {
        let (session, waiting) = lock.withLock { () -> (URLSession?, CheckedContinuation<HttpResponse, any Error>?) in
            guard outcome == nil else { return (nil, nil) }
            outcome = result
            body = Data()
            defer { (self.session, self.waiting) = (nil, nil) }
            return (self.session, self.waiting)
        }
        session?.invalidateAndCancel()
        waiting?.resume(with: result.mapError { $0 })
    }

    private static func configuration() -> URLSessionConfiguration {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpCookieStorage = nil
        configuration.httpCookieAcceptPolicy = .never
        configuration.httpShouldSetCookies = false
        configuration.urlCache = nil
        configuration.urlCredentialStorage = nil
        configuration.requestCachePolicy = .reloadIgnoringLocalAndRemoteCacheData
        return configuration
    }

    // MARK: URLSession's side

    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        completionHandler(nil)
        // A redirect is the answer. What its body says is of no interest.
        end(.success(HttpResponse(status: UInt16(clamping: response.statusCode), headers: Self.headers(response), body: Data())))
    }

    func urlSession(
        _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
        completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
    ) {
        let tooLong = response.expectedContentLength > 0 && UInt64(response.expectedContentLength) > limit
        lock.withLock { self.response = response as? HTTPURLResponse }
        if tooLong { end(.failure(.TooLarge)) }
        completionHandler(tooLong ? .cancel : .allow)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        let tooLong = lock.withLock {
            guard outcome == nil else { return false }
            guard UInt64(body.count) + UInt64(data.count) <= limit else { return true }
            body.append(data)
            return false
        }
        if tooLong { end(.failure(.TooLarge)) }
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        if let error { return end(.failure(HttpFailure.portError(error))) }
        let (response, body) = lock.withLock { (self.response ?? task.response as? HTTPURLResponse, self.body) }
        guard let response else { return end(.failure(.Interrupted)) }
        // It was not asked for, and this is not the body that signatures are over.
        let encoding = response.value(forHTTPHeaderField: "Content-Encoding")?.lowercased() ?? "identity"
        guard encoding == "identity" else { return end(.failure(.Unexpected(class: "ContentEncoding"))) }
        end(.success(HttpResponse(status: UInt16(clamping: response.statusCode), headers: Self.headers(response), body: body)))
    }

    private static func headers(_ response: HTTPURLResponse) -> [HttpHeader] {
        response.allHeaderFields.compactMap { name, value in
            guard let name = name as? String, let value = value as? String else { return nil }
            return HttpHeader(name: name, value: value)
        }
    }
}
