import Foundation
import WalletCore

/// What the keychain has of a key in the Secure Enclave: not the key, but what the Enclave finds it by.
struct EnclaveKey: Codable {
    /// What it does.
    enum Work: String, Codable {
        case signs, seals
    }

    let work: Work
    /// The Enclave's own, readable by this Enclave alone.
    let blob: Data
    /// How often the citizen is asked. For a key that seals: never, or each time.
    let asks: Asks
    /// The biometrics that were enrolled when it was made, where later ones must not count.
    let biometrics: Data?

    /// How often the citizen is asked.
    enum Asks: Codable, Equatable {
        case never
        /// Unless asked within so many seconds.
        case within(UInt32)
        case eachTime
    }
}

extension EnclaveKey.Asks {
    init(_ authentication: KeyAuthentication) {
        self = switch authentication {
        case .vaultOnly: .never
        case .window(let seconds): .within(seconds)
        case .eachUse: .eachTime
        }
    }

    var authentication: KeyAuthentication {
        switch self {
        case .never: .vaultOnly
        case .within(let seconds): .window(seconds: seconds)
        case .eachTime: .eachUse
        }
    }
}
