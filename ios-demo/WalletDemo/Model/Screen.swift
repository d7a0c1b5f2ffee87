/// What the citizen can be looking at. What a screen needs besides is held by its presenter.
enum Screen: Hashable, Sendable {
    case starting
    case begin
    case restore
    case showRecoveryKey
    case confirmRecoveryKey
    case offerBiometrics
    case unlock
    case unlockByRecoveryKey
    case newPin
    case erase
    case documents
    case document(String)
    case reissue
    case add
    case scan
    case receive
    case share
    case history
    case historyEntry(UInt64)
    case settings
    case changePin
    case replaceRecoveryKey
    case checkup
    case backUp
    case moveOut
    case moveIn
    case about

    /// Whether somebody may see this while the wallet is locked.
    var isOutside: Bool {
        switch self {
        case .starting, .begin, .restore, .unlock, .unlockByRecoveryKey, .erase, .showRecoveryKey, .confirmRecoveryKey: true
        default: false
        }
    }

    /// What no link takes away: a decision, and the recovery key, which is seen once.
    var isDecision: Bool {
        switch self {
        case .receive, .share, .showRecoveryKey, .confirmRecoveryKey, .offerBiometrics, .newPin: true
        default: false
        }
    }
}
