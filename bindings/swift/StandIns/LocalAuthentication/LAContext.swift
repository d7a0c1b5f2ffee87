import Foundation

/// One dialog with the citizen. Once answered, it is answered for all that use it, until it is invalidated.
open class LAContext: NSObject, @unchecked Sendable {
    public var localizedReason = ""
    public var interactionNotAllowed = false
    public var touchIDAuthenticationAllowableReuseDuration: TimeInterval = 0

    private let lock = NSLock()
    private var answered = false
    /// Says which biometrics are enrolled; `nil` before `canEvaluatePolicy`.
    public private(set) var evaluatedPolicyDomainState: Data?
    private var invalid = false

    open func invalidate() { lock.withLock { invalid = true } }

    /// Whether the phone can ask at all.
    open func canEvaluatePolicy(_ policy: LAPolicy, error: AutoreleasingErrorPointer) -> Bool {
        evaluatedPolicyDomainState = Phone.hasBiometrics ? Phone.enrolled : nil
        return switch policy {
        case .deviceOwnerAuthentication: Phone.hasPasscode
        case .deviceOwnerAuthenticationWithBiometrics: Phone.hasBiometrics
        }
    }

    /// Played by the keys that need the citizen: asks, unless this context was answered before.
    @_spi(Phone) public func requireCitizen() throws {
        try lock.withLock {
            if invalid { throw LAError(.invalidContext) }
            if answered { return }
            if interactionNotAllowed { throw LAError(.notInteractive) }
            Phone.prompted(localizedReason)
            if Phone.citizenCancels { throw LAError(.userCancel) }
            answered = true
        }
    }
}

/// In Objective-C a pointer to an error; here nobody reads it.
public typealias AutoreleasingErrorPointer = UnsafeMutablePointer<NSError?>?

public enum LAPolicy: Int, Sendable { case deviceOwnerAuthenticationWithBiometrics = 1, deviceOwnerAuthentication = 2 }

public struct LAError: Error, Equatable {
    public enum Code: Int, Sendable {
        case authenticationFailed = -1, userCancel = -2, userFallback = -3, systemCancel = -4, passcodeNotSet = -5
        case biometryNotAvailable = -6, biometryNotEnrolled = -7, biometryLockout = -8, appCancel = -9
        case invalidContext = -10, notInteractive = -1004
    }
    public let code: Code
    public init(_ code: Code) { self.code = code }
}

/// The phone as tests play it.
@_spi(Phone) public enum Phone {
    private static let lock = NSLock()
    nonisolated(unsafe) private static var state = State()

    private struct State {
        var prompts: [String] = []
        var cancels = false
        var passcode = true
        var biometrics = true
        var enrolled = Data([1])
    }

    /// The sentences of all dialogs so far.
    public static var prompts: [String] { lock.withLock { state.prompts } }
    public static var citizenCancels: Bool {
        get { lock.withLock { state.cancels } }
        set { lock.withLock { state.cancels = newValue } }
    }
    public static var hasPasscode: Bool {
        get { lock.withLock { state.passcode } }
        set { lock.withLock { state.passcode = newValue } }
    }
    public static var hasBiometrics: Bool {
        get { lock.withLock { state.biometrics } }
        set { lock.withLock { state.biometrics = newValue } }
    }
    /// Which biometrics there are; another value for another set.
    public static var enrolled: Data {
        get { lock.withLock { state.enrolled } }
        set { lock.withLock { state.enrolled = newValue } }
    }
    static func prompted(_ reason: String) { lock.withLock { state.prompts.append(reason) } }
    /// A phone as it left the factory, with a passcode and a face.
    public static func reset() { lock.withLock { state = State() } }
}
