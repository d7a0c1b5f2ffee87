import Foundation
import WalletCore

/// What `pilot/examples/crossing` recorded.
struct Recording: Decodable {
    struct Answer: Decodable {
        let headers: [String: String]
        let body: String
    }
    let passphrase: String
    let links: [String]
    let answers: [String: Answer]
}

/// Answers at once: GET with what was recorded, POST with 200.
final class RecordedServer: HttpClient {
    private let recording: Recording

    init(_ recording: Recording) { self.recording = recording }

    func send(request: HttpRequest) async throws -> HttpResponse {
        if request.method == .post {
            let json = HttpHeader(name: "Content-Type", value: "application/json")
            return HttpResponse(status: 200, headers: [json], body: Data("{}".utf8))
        }
        guard let answer = recording.answers[request.url] else { throw PortError.Unreachable }
        let headers = answer.headers.map { HttpHeader(name: $0.key, value: $0.value) }
        return HttpResponse(status: 200, headers: headers, body: Data(answer.body.utf8))
    }
}

struct NoRequest: Error {}

func present(_ wallet: Wallet, _ link: String) async throws {
    guard case .request(let request) = try await wallet.open(link, from: .scan) else { throw NoRequest() }
    let choice = try request.least()
    let consent = try request.consent(to: choice, acknowledging: request.warnings(for: choice))
    let receipt = try await request.send(consent, prompt: "")
    precondition(receipt.httpStatus == 200)
}

// Answers the requests in a folder, as `crossing present` does in Rust, and prints what each took: a JSON list of
// microseconds.
let folder = URL(fileURLWithPath: CommandLine.arguments[1])
let recording = try JSONDecoder().decode(Recording.self, from: Data(contentsOf: folder.appendingPathComponent("recording.json")))
let copy = folder.appendingPathComponent("vault-swift.db")
try? FileManager.default.removeItem(at: copy)
try FileManager.default.copyItem(at: folder.appendingPathComponent("vault.db"), to: copy)
let ports = Ports(http: RecordedServer(recording), secureArea: nil, rollbackAnchor: nil, clock: SystemClock(), events: nil)
let wallet = try await Wallet.open(Settings(file: copy.path, ports: ports, idleLockMs: nil, development: Development()))
try await wallet.unlock(with: .passphrase(Secret(recording.passphrase)), prompt: "")
var took: [Int64] = []
for link in recording.links {
    let begun = ContinuousClock.now
    try await present(wallet, link)
    let duration = ContinuousClock.now - begun
    took.append(duration.components.seconds * 1_000_000 + duration.components.attoseconds / 1_000_000_000_000)
}
try await wallet.close()
print(String(decoding: try JSONEncoder().encode(took), as: UTF8.self))
