import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// The one session of the process, which remembers nothing: no cookies, no cache, no credentials. It lasts as long as the
/// process, since Foundation on Linux does not survive the end of a session.
final class HttpSession: NSObject, URLSessionDataDelegate, Sendable {
    static let shared = HttpSession()

    private let calls = Locked<[Int: HttpCall]>([:])
    private let session = Locked<URLSession?>(nil)

    private override init() {
        super.init()
        session.value = URLSession(configuration: Self.configuration, delegate: self, delegateQueue: nil)
    }

    /// A task that was not begun yet, whose events `call` hears.
    func task(_ request: URLRequest, for call: HttpCall) -> URLSessionDataTask? {
        guard let task = session.value?.dataTask(with: request) else { return nil }
        calls.with { $0[task.taskIdentifier] = call }
        return task
    }

    private static var configuration: URLSessionConfiguration {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpCookieStorage = nil
        configuration.httpCookieAcceptPolicy = .never
        configuration.httpShouldSetCookies = false
        configuration.urlCache = nil
        configuration.urlCredentialStorage = nil
        configuration.requestCachePolicy = .reloadIgnoringLocalAndRemoteCacheData
        // A server that stalls must not hold up other calls to it.
        configuration.httpMaximumConnectionsPerHost = 256
        return configuration
    }

    private func call(_ task: URLSessionTask) -> HttpCall? {
        calls.value[task.taskIdentifier]
    }

    // MARK: URLSession's side

    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        completionHandler(nil)
        call(task)?.redirected(response)
    }

    func urlSession(
        _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
        completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
    ) {
        completionHandler(call(dataTask)?.began(response) == true ? .allow : .cancel)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        call(dataTask)?.received(data)
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        calls.with { $0.removeValue(forKey: task.taskIdentifier) }?.completed(task.response, error)
    }
}
