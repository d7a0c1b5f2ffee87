import Foundation
import Testing
import WalletCore
import WalletCoreTesting

/// What every implementation of the port `HttpClient` must do: the same cases as `pilot/tests/http_port/cases.rs`, against
/// the same servers.
@Suite struct SystemHttpClientTests {
    let client = SystemHttpClient()
    let servers: BadServers

    init() async throws { servers = try await BadServers.running.value }

    private func get(_ url: String, most: UInt64 = 1 << 20, within: UInt32 = 10_000, _ headers: [HttpHeader] = []) -> HttpRequest {
        HttpRequest(method: .get, url: url, headers: headers, body: Data(), maxBytes: most, timeoutMs: within)
    }

    private func post(_ url: String, _ body: Data, _ headers: [HttpHeader] = []) -> HttpRequest {
        HttpRequest(method: .post, url: url, headers: headers, body: body, maxBytes: 1 << 20, timeoutMs: 10_000)
    }

    private func text(_ request: HttpRequest) async throws -> String {
        try await String(decoding: client.send(request: request).body, as: UTF8.self)
    }

    private func failure(_ request: HttpRequest) async -> PortError? {
        do {
            _ = try await client.send(request: request)
            return nil
        } catch {
            return error as? PortError
        }
    }

    /// The values of a header field in an echoed head.
    private func values(_ head: String, _ name: String) -> [String] {
        head.split(separator: "\r\n").compactMap { line in
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, parts[0].lowercased() == name else { return nil }
            return parts[1].trimmingCharacters(in: .whitespaces)
        }
    }

    @Test func requestsArriveAsTheyWereGiven() async throws {
        let target = "/echo?a=b%20c+d&e=%7E~&f=%C3%A9&state=x/y?z:@"
        let headers = [
            HttpHeader(name: "Accept", value: "application/oauth-authz-req+jwt"), HttpHeader(name: "X-Twice", value: "1"),
        ]
        let echo = try await text(get(servers.good(target), headers))
        #expect(echo.hasPrefix("GET \(target) HTTP/1.1\r\n"), "the URL is used as it is")
        #expect(values(echo, "accept") == ["application/oauth-authz-req+jwt"])
        #expect(values(echo, "x-twice") == ["1"])

        let body = Data((0..<100_000).map { UInt8(truncatingIfNeeded: $0) })
        let form = [HttpHeader(name: "Content-Type", value: "application/x-www-form-urlencoded")]
        let answer = try await client.send(request: post(servers.good("/echo"), body, form))
        #expect(answer.body.starts(with: Data("POST /echo HTTP/1.1\r\n".utf8)))
        #expect(answer.body.suffix(body.count) == body, "the body is sent byte for byte")
        let head = String(decoding: answer.body.dropLast(body.count), as: UTF8.self)
        #expect(values(head, "content-type") == ["application/x-www-form-urlencoded"])

        let empty = try await text(post(servers.good("/echo"), Data()))
        #expect(empty.hasPrefix("POST "), "an empty body may be posted")
    }

    @Test func nothingNamesTheLibraryOrThePhone() async throws {
        for request in [get(servers.good("/echo")), post(servers.good("/echo"), Data("a=b".utf8))] {
            let echo = try await text(request).lowercased()
            for name in ["cfnetwork", "darwin", "swift", "curl", "rust", "foundation", "linux", "xctest"] {
                #expect(!echo.contains(name), "the request says \(name)")
            }
            #expect(values(echo, "user-agent") == ["wallet"])
            #expect(values(echo, "accept-language") == ["*"])
        }
    }

    @Test func anyStatusIsAnAnswer() async throws {
        for status: UInt16 in [200, 201, 202, 400, 401, 403, 404, 500, 503] {
            let answer = try await client.send(request: get(servers.good("/status/\(status)")))
            #expect(answer.status == status)
            #expect(answer.body == Data("told".utf8))
        }
        let none = try await client.send(request: get(servers.good("/status/204")))
        #expect(none.status == 204 && none.body.isEmpty)
    }

    @Test func redirectsAreReturned() async throws {
        for status: UInt16 in [301, 302, 303, 307, 308] {
            let url = servers.good("/redirect/\(status)")
            for request in [get(url), post(url, Data("secret=1".utf8))] {
                let answer = try await client.send(request: request)
                #expect(answer.status == status, "a redirect is an answer")
                let location = answer.headers.first { $0.name.lowercased() == "location" }
                #expect(location?.value == "/target")
            }
        }
        let followed = try await servers.hits("/target")
        #expect(followed == 0, "no redirect is followed")
    }

    @Test func nothingIsRemembered() async throws {
        _ = try await client.send(request: get(servers.good("/cookie")))
        let second = try await text(get(servers.good("/cookie")))
        #expect(values(second, "cookie") == [], "no cookie comes back")
        let one = try await text(get(servers.good("/cacheable")))
        let two = try await text(get(servers.good("/cacheable")))
        #expect([one, two] == ["1", "2"], "no answer comes from a cache")
    }

    @Test(arguments: ["length", "chunked", "until-close"]) func sizesAreBounded(framing: String) async throws {
        let url = servers.good("/\(framing)/5000")
        let exact = try await client.send(request: get(url, most: 5000))
        #expect(exact.body.count == 5000, "as long as allowed")
        #expect(await failure(get(url, most: 4999)) == .TooLarge)
        #expect(await failure(get(url, most: 0)) == .TooLarge)
        let empty = try await client.send(request: get(servers.good("/length/0"), most: 0))
        #expect(empty.body.isEmpty)
    }

    @Test func aHeadIsBounded() async throws {
        #expect(await failure(get(servers.good("/large-head"))) != nil)
    }

    @Test func compressionDoesNotGetAroundTheBound() async throws {
        #expect(try await text(get(servers.good("/compressible"))) == "plain", "the body is the plain one")
        #expect(await failure(get(servers.good("/bomb"))) == .TooLarge, "the bound is on the plain body")
        // A server that compresses without being asked: the plain body or an error, but not the compressed bytes.
        if let answer = try? await text(get(servers.good("/compressed-unasked"))) { #expect(answer == "plain") }
    }

    @Test(arguments: ["/short", "/garbage", "/hang-up"]) func brokenAnswersAreErrors(path: String) async {
        #expect(await failure(get(servers.good(path))) == .Interrupted, "half an answer is none, and the call has left")
    }

    @Test(arguments: ["/stall", "/stall-in-body", "/trickle-head", "/trickle-body", "silent"])
    func timeIsBounded(path: String) async {
        let url = path == "silent" ? servers.silent : servers.good(path)
        let begun = ContinuousClock.now
        #expect(await failure(get(url, within: 400)) == .TimedOut)
        let took = ContinuousClock.now - begun
        #expect(took >= .milliseconds(300) && took < .seconds(3), "took \(took)")
    }

    @Test func slowCallsDoNotHoldUpOthers() async throws {
        let stalled = (0..<8).map { _ in Task { await failure(get(servers.good("/stall"), within: 3000)) } }
        let begun = ContinuousClock.now
        _ = try await client.send(request: get(servers.good("/echo")))
        #expect(ContinuousClock.now - begun < .milliseconds(2500), "a stalled call held up another")
        for call in stalled { call.cancel() }
        for call in stalled { #expect(await call.value == .Cancelled) }
    }

    @Test func cancellingEndsTheCallAtOnce() async {
        let call = Task { await failure(get(servers.good("/stall"))) }
        try? await Task.sleep(for: .milliseconds(100))
        let begun = ContinuousClock.now
        call.cancel()
        #expect(await call.value == .Cancelled)
        #expect(ContinuousClock.now - begun < .seconds(1))
    }

    @Test func onlyValidCertificatesAreAccepted() async throws {
        #expect(try await client.send(request: get(servers.good("/echo-of-the-good"))).status == 404)
        #expect(try await client.send(request: get(servers.byAddress("/echo-of-the-good"))).status == 404)
        for (name, url) in servers.bad {
            let url = url.replacingOccurrences(of: "/echo", with: "/never")
            #expect(await failure(get(url)) == .Tls, "a certificate that is \(name)")
        }
        let notTls = servers.notTls.replacingOccurrences(of: "/echo", with: "/never")
        #expect(await failure(get(notTls, within: 400)) != nil)
        #expect(await failure(get(servers.plain("/never"))) == .Tls)
        #expect(try await servers.hits("/never") == 0, "nothing is sent to a server that is not authenticated")
    }

    @Test func whatCannotBeReachedIsTold() async {
        #expect(await failure(get(servers.closed)) == .Unreachable)
        #expect(await failure(get("https://name.invalid/")) == .Unreachable)
        for nonsense in ["", "https://", "nonsense", "ftp://localhost/"] {
            #expect(await failure(get(nonsense)) != nil)
        }
    }

    @Test func plainHttpIsForLoopbackAndOnlyWhereAllowed() async throws {
        #expect(await failure(get(servers.plain("/plain"))) == .Tls)
        let lenient = SystemHttpClient(allowsPlainLoopback: true)
        #expect(try await lenient.send(request: get(servers.plain("/echo"))).status == 200)
        for elsewhere in ["http://192.0.2.1/", "http://localhost.example/", "http://127.0.0.1.example/"] {
            await #expect(throws: PortError.Tls) { _ = try await lenient.send(request: get(elsewhere)) }
        }
    }
}
