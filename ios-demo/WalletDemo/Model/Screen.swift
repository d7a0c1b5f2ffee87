/// What the citizen can be looking at. What a screen needs besides is held by its presenter.
enum Screen: Hashable, Sendable {
    case starting
    case begin
    case showRecoveryKey
    case confirmRecoveryKey
    case offerBiometrics
    case unlock
    case unlockByRecoveryKey
    case documents
    case document(String)
    case add
    case scan
    case receive
    case share
    case history
    case settings
    case changePin
    case replaceRecoveryKey

    /// Whether somebody may see this while the wallet is locked.
    var isOutside: Bool {
        switch self {
        case .starting, .begin, .unlock, .unlockByRecoveryKey, .showRecoveryKey, .confirmRecoveryKey: true
        default: false
        }
    }

    /// What no link takes away: a decision, and the recovery key, which is seen once.
    var isDecision: Bool {
        switch self {
        case .receive, .share, .showRecoveryKey, .confirmRecoveryKey, .offerBiometrics: true
        default: false
        }
    }
}
