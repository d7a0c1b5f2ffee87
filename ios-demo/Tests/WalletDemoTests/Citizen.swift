import Foundation
@_spi(Phone) import LocalAuthentication
import Loopback
@_spi(Host) import SwiftUI
import Testing
import WalletCore
import WalletCoreApple
@testable import WalletDemo

/// Somebody who looks at the screen, reads it, types and taps. The app is the real one, with the real core; the Secure
/// Enclave and the dialogs are the stand-ins of `bindings/swift`.
@MainActor final class Citizen {
    static let pin = "481516"

    let network = Network()
    let language: String
    private let folder: URL
    private let service: String
    private let development: Development
    private let trusted: PilotTrust
    let center = NotificationCenter()
    private(set) var model: Model
    private(set) var host: ViewHost

    /// - Parameters:
    ///   - unverified: Lets verifiers on no list through, and knows no list of verifiers.
    ///   - continuing: Somebody whose app was ended: what lies on the phone is all that is left.
    init(_ language: String = "en", unverified: Bool = false, continuing before: Citizen? = nil) throws {
        if before == nil { LocalAuthentication.Phone.reset() }
        self.language = language
        folder = before?.folder ?? Project.temporaryFolder()
        service = before?.service ?? UUID().uuidString
        development = Development(unverifiedVerifiers: unverified)
        trusted = PilotTrust(withoutVerifiers: unverified)
        let ports = Ports(
            http: network, secureArea: EnclaveSecureArea(service: service + ".keys", accessGroup: nil),
            rollbackAnchor: KeychainRollbackAnchor(service: service + ".anchors", accessGroup: nil),
            clock: SystemClock(), events: nil)
        let preferences = Preferences(saved: UserDefaults(suiteName: service)!, phone: Locale(identifier: language))
        let session = Session(
            folder: try VaultFolder(folder), ports: ports, preferences: preferences, trusted: trusted,
            development: development, center: center)
        model = Model(
            session: session, preferences: preferences, words: TestWords(preferences: preferences),
            hasBiometrics: AppParts.hasBiometrics)
        host = ViewHost(RootView().environment(model), catalog: AppFiles.catalog)
    }

    /// The words of the app in the citizen's language.
    func words(_ key: String, _ arguments: String...) -> String {
        guard var text = AppFiles.catalog.text(key, language) else { return "no words: \(key)" }
        for (position, argument) in arguments.enumerated() {
            for place in ["%\(position + 1)$@", "%\(position + 1)$lld", "%@", "%lld"] {
                guard let range = text.range(of: place) else { continue }
                text.replaceSubrange(range, with: argument)
                break
            }
        }
        return text
    }

    func reads(_ text: String) -> Bool { host.texts.contains { $0.contains(text) } }

    func waits(_ what: String, _ until: @escaping () -> Bool) async throws {
        try await host.until(what, seconds: 60) {
            _ = $0.screen
            return until()
        }
    }

    func waits(for text: String) async throws {
        try await waits("“\(text)”") { self.reads(text) }
    }

    func waits(on screen: Screen) async throws {
        try await waits("\(screen)") { self.model.navigator.current == screen }
    }

    /// Taps what has these words, once it can be tapped.
    func taps(_ key: String, _ arguments: String...) async throws {
        var label = words(key)
        for argument in arguments { label = label.replacingOccurrences(of: "%1$@", with: argument) }
        try await tapsLabel(label)
    }

    func tapsLabel(_ label: String) async throws {
        try await waits("“\(label)” to tap") { self.host.controls.contains { $0.spoken == label && $0.enabled } }
        try host.tap(label)
    }

    func canTap(_ key: String) -> Bool {
        host.controls.contains { $0.spoken == words(key) && $0.enabled }
    }

    func hasButton(_ key: String) -> Bool {
        host.controls.contains { $0.spoken == words(key) }
    }

    func types(_ text: String, into key: String, _ arguments: String...) throws {
        var label = words(key)
        for argument in arguments { label = label.replacingOccurrences(of: "%1$lld", with: argument) }
        try host.type(text, into: label)
    }

    /// Follows a link from another app.
    func follows(_ link: String) {
        host.open(link)
    }

    /// Begins with a new wallet and comes to the empty list of documents. Gives the recovery key.
    @discardableResult func begins() async throws -> String {
        try await waits(on: .begin)
        try types(Self.pin, into: "pin_new")
        try types(Self.pin, into: "pin_again")
        try await taps("begin_make")
        let key = try await confirmsRecoveryKey()
        try await waits(on: .offerBiometrics)
        try await taps("not_now")
        try await waits(for: words("documents_none"))
        return key
    }

    /// Writes the recovery key down, which is on the screen, and confirms it.
    @discardableResult func confirmsRecoveryKey() async throws -> String {
        try await waits(on: .showRecoveryKey)
        let groups = try #require(model.recovery.shown).groups
        try await taps("recovery_written")
        try await waits(on: .confirmRecoveryKey)
        for group in RecoveryGroups.asked {
            try types(groups[group].lowercased(), into: "recovery_group_number %lld", "\(group + 1)")
        }
        try await taps("go_on")
        return groups.joined(separator: "-")
    }

    func unlocks(_ pin: String = Citizen.pin) async throws {
        try await waits(on: .unlock)
        try types(pin, into: "pin")
        try await taps("unlock")
    }

    /// Takes an offer all the way.
    func receives(_ offer: String) async throws {
        follows(offer)
        try await waits(for: words("offer_title"))
        try await taps("go_on")
        try await waits(for: words("preview_title"))
        try await taps("preview_keep")
        try await taps("done")
        try await waits(on: .documents)
        try await waits("a document") { self.model.documents.credentials?.entries.isEmpty == false }
    }

    func goesToTheBackground() {
        center.post(name: Notification.Name("UIApplicationDidEnterBackgroundNotification"), object: nil)
        host.set { $0.scenePhase = .background }
        _ = host.screen
    }

    func comesBack() {
        host.set { $0.scenePhase = .active }
        _ = host.screen
    }
}

/// The system's network, which can be cut.
final class Network: HttpClient, @unchecked Sendable {
    private let system = SystemHttpClient()
    private let lock = NSLock()
    private var online = true
    private var lost: String?

    var isOnline: Bool {
        get { lock.withLock { online } }
        set { lock.withLock { online = newValue } }
    }

    /// From now on the answer to a POST to an address that holds this is lost on its way.
    func losesAnswers(from part: String) { lock.withLock { lost = part } }

    func send(request: HttpRequest) async throws -> HttpResponse {
        guard isOnline else { throw PortError.Unreachable }
        let answer = try await system.send(request: request)
        if request.method == .post, let lost = lock.withLock({ lost }), request.url.contains(lost) { throw PortError.Interrupted }
        return answer
    }
}

/// pilot's certificates.
struct PilotTrust: Trusted {
    let withoutVerifiers: Bool

    func lists() async throws -> [TrustedList] {
        try await Loopback.Pilot.shared.anchors()
            .filter { !withoutVerifiers || ($0.list != .euVerifiers && $0.list != .caVerifiers) }
            .map { TrustedList(list: $0.list, pem: $0.pem, source: "pilot") }
    }
}
