import WalletCoreBindings

/// What a citizen opens the wallet with. The secret is wiped when the call that takes it ends.
public enum Unlock: Sendable {
    /// UTF-8.
    case passphrase(Secret)
    /// ASCII digits.
    case pin(Secret)
    /// The platform asks.
    case biometrics
    /// As it was typed; spaces, hyphens and small letters as they come.
    case recoveryKey(Secret)

    var core: WalletCoreBindings.Unlock {
        switch self {
        case .passphrase(let secret): .passphrase(secret.data)
        case .pin(let secret): .pin(secret.data)
        case .biometrics: .biometrics
        case .recoveryKey(let secret): .recoveryKey(secret.data)
        }
    }

    func wipe() {
        switch self {
        case .passphrase(let secret), .pin(let secret), .recoveryKey(let secret): secret.wipe()
        case .biometrics: break
        }
    }
}

/// What the wallet can be opened with from now on. The secret is wiped when the call that takes it ends.
public enum NewUnlock: Sendable {
    /// UTF-8, at least 8 characters.
    case passphrase(Secret)
    /// 6 to 12 ASCII digits.
    case pin(Secret)
    /// The platform's biometric check.
    case biometrics

    var core: WalletCoreBindings.NewUnlock {
        switch self {
        case .passphrase(let secret): .passphrase(secret.data)
        case .pin(let secret): .pin(secret.data)
        case .biometrics: .biometrics
        }
    }

    func wipe() {
        switch self {
        case .passphrase(let secret), .pin(let secret): secret.wipe()
        case .biometrics: break
        }
    }
}
