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
    let clock = PlayedClock()
    let language: String
    private let folder: URL
    /// Under this name the phone keeps the app's keys and settings.
    let service: String
    private let development: Development
    private let trusted: any Trusted
    let center = NotificationCenter()
    private(set) var model: Model
    private(set) var host: ViewHost

    /// - Parameters:
    ///   - unverified: Lets verifiers on no list through, and knows no list of verifiers.
    ///   - unlisted: Knows no list of verifiers.
    ///   - continuing: Somebody whose app was ended: what lies on the phone is all that is left.
    convenience init(_ language: String = "en", unverified: Bool = false, unlisted: Bool = false, continuing before: Citizen? = nil) throws {
        if before == nil { LocalAuthentication.Phone.reset() }
        try self.init(
            language, folder: before?.folder ?? Project.temporaryFolder(), service: before?.service ?? UUID().uuidString,
            trusted: PilotTrust(withoutVerifiers: unverified || unlisted), Development(unverifiedVerifiers: unverified))
    }

    /// With what lies on a phone.
    init(
        _ language: String = "en", folder: URL, service: String, trusted: any Trusted, _ development: Development = Development()
    ) throws {
        self.language = language
        (self.folder, self.service, self.trusted, self.development) = (folder, service, trusted, development)
        let ports = Ports(
            http: network, secureArea: EnclaveSecureArea(service: service + ".keys", accessGroup: nil),
            rollbackAnchor: KeychainRollbackAnchor(service: service + ".anchors", accessGroup: nil),
            clock: clock, events: nil)
        let preferences = Preferences(saved: UserDefaults(suiteName: service)!, phone: Locale(identifier: language))
        let session = Session(
            folder: try VaultFolder(folder), ports: ports, preferences: preferences, trusted: trusted,
            development: development, center: center)
        model = Model(
            session: session, preferences: preferences, words: TestWords(preferences: preferences),
            hasBiometrics: AppParts.hasBiometrics, pause: clock.pause)
        host = ViewHost(RootView().environment(model), catalog: AppFiles.catalog)
    }

    var vault: URL { folder.appendingPathComponent("vault.db") }
    var hasVault: Bool { FileManager.default.fileExists(atPath: vault.path) }

    /// The names of the app's keys in the phone's secure hardware.
    func keys() async throws -> [String] {
        try await EnclaveSecureArea(service: service + ".keys", accessGroup: nil).list(prefix: "")
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

    /// Ticks the one box of the screen, or takes the tick away.
    func ticks() throws {
        try host.tap(#require(host.controls.first { $0.kind == "toggle" }).spoken)
    }

    /// Saves, where the system's dialog asks: what was written.
    func saves() async throws -> (name: String?, bytes: Data) {
        try await waits("the dialog") { self.host.hasFileDialog }
        return try await host.savesFile()
    }

    /// Chooses a file in the system's dialog.
    func chooses(_ bytes: Data) async throws {
        try await waits("the dialog") { self.host.hasFileDialog }
        try host.opensFile(bytes)
    }

    func isInSettings() async throws {
        try await taps("settings_title")
        try await waits("the lists") { !self.model.settings.authorities.isEmpty && !self.model.settings.work.isBusy }
    }

    func locks() async throws {
        await model.settings.lock()
        try await waits(on: .unlock)
    }

    /// Reads a question with what answers it.
    func isAsked(_ link: String) async throws {
        follows(link)
        try await waits(on: .share)
        try await waits("the question") { self.canTap("share_yes") }
    }

    func isDone() async throws {
        try await taps("done")
        try await waits(on: .documents)
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
        let shown = try #require(model.newKey.shown)
        try await taps("recovery_written")
        try await waits(on: .confirmRecoveryKey)
        for group in shown.asked {
            try types(shown.groups[group].lowercased(), into: "recovery_group_number %lld", "\(group + 1)")
        }
        try await taps("go_on")
        return shown.groups.joined(separator: "-")
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

/// The phone's clocks, which tests set ahead.
final class PlayedClock: WalletCore.Clock, @unchecked Sendable {
    private let system = SystemClock()
    private let lock = NSLock()
    private var ahead: Int64 = 0

    func goesOn(seconds: Int64) { lock.withLock { ahead += seconds } }

    func now() throws -> Moment {
        let (now, ahead) = (try system.now(), lock.withLock { self.ahead })
        return Moment(
            wallSeconds: now.wallSeconds + ahead, sinceBootMs: now.sinceBootMs + UInt64(ahead) * 1000, bootId: now.bootId)
    }

    /// As long as these clocks say.
    var pause: LockWatch.Pause {
        { milliseconds in
            let end = try self.now().sinceBootMs + milliseconds
            while try self.now().sinceBootMs < end { try await Task.sleep(for: .milliseconds(20)) }
        }
    }
}

/// The system's network, which can be cut.
final class Network: HttpClient, @unchecked Sendable {
    private let system = SystemHttpClient()
    private let lock = NSLock()
    private var online = true
    private var unreachable: String?
    private var stopped: String?
    private var lost: String?
    private var broken: String?
    private var held: String?
    private var holds = false
    private var requests: [HttpRequest] = []

    var isOnline: Bool {
        get { lock.withLock { online } }
        set { lock.withLock { online = newValue } }
    }

    /// How many calls there were but for status lists, which are looked up at their own time.
    var calls: Int { lock.withLock { requests.filter { !$0.url.contains(Self.statusLists) }.count } }
    /// How many status lists were looked up.
    var lookUps: Int { lock.withLock { requests.filter { $0.url.contains(Self.statusLists) }.count } }

    /// What the address of each of pilot's status lists holds.
    static let statusLists = "/status/"

    /// From now on no address that holds this can be reached; `nil` ends that.
    func reachesNo(_ part: String?) { lock.withLock { unreachable = part } }

    /// From now on a call to an address that holds this waits; `nil` ends that, also for those that wait.
    func stops(_ part: String?) { lock.withLock { stopped = part } }

    /// How many POSTs went to addresses that hold this.
    func posts(to part: String) -> Int {
        lock.withLock { requests.filter { $0.method == .post && $0.url.contains(part) }.count }
    }

    /// From now on a POST to an address that holds this breaks off before it arrives; `nil` ends that.
    func breaksOff(to part: String?) { lock.withLock { broken = part } }

    /// From now on the answer to a POST to an address that holds this arrives, and the app never hears it.
    func holdsAnswers(from part: String) { lock.withLock { held = part } }
    /// Whether one has arrived.
    var isHolding: Bool { lock.withLock { holds } }

    /// From now on the answer to a POST to an address that holds this is lost on its way.
    func losesAnswers(from part: String?) { lock.withLock { lost = part } }

    func send(request: HttpRequest) async throws -> HttpResponse {
        guard isOnline else { throw PortError.Unreachable }
        lock.withLock { requests.append(request) }
        if let unreachable = lock.withLock({ unreachable }), request.url.contains(unreachable) { throw PortError.Unreachable }
        while let stopped = lock.withLock({ stopped }), request.url.contains(stopped) { try await Task.sleep(for: .milliseconds(20)) }
        if request.method == .post, let broken = lock.withLock({ broken }), request.url.contains(broken) { throw PortError.Interrupted }
        let answer = try await system.send(request: request)
        if request.method == .post, let lost = lock.withLock({ lost }), request.url.contains(lost) { throw PortError.Interrupted }
        if request.method == .post, let held = lock.withLock({ held }), request.url.contains(held) {
            lock.withLock { holds = true }
            try await Task.sleep(for: .seconds(3600))
        }
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
