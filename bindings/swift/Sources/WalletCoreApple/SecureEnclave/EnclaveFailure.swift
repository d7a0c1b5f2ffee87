import CryptoKit
import LocalAuthentication
import WalletCore

/// What the core is told of an error of the Enclave or of the system's dialog.
func enclaveFailure(_ error: any Error) -> PortError {
    guard let error = error as? LAError else { return .unexpected(error) }
    return switch error.code {
    case .userCancel, .userFallback, .systemCancel, .appCancel, .authenticationFailed: .Cancelled
    case .passcodeNotSet, .biometryNotAvailable, .biometryNotEnrolled, .biometryLockout: .LevelNotAvailable
    default: .Unexpected(class: "LAError\(error.code.rawValue)")
    }
}
