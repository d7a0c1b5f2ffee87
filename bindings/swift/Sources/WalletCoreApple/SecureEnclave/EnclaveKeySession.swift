import CryptoKit
import Foundation
import WalletCore

/// Uses keys under one dialog with the citizen.
final class EnclaveKeySession: KeySession {
    private let keys: EnclaveKeys
    private let dialog: Dialog

    init(keys: EnclaveKeys, reason: String) {
        self.keys = keys
        dialog = Dialog(reason: reason)
    }

    func sign(alias: String, message: Data) async throws -> Data {
        do {
            let stored = try keys.get(alias, .signs)
            let key = try SecureEnclave.P256.Signing.PrivateKey(
                dataRepresentation: stored.blob, authenticationContext: dialog.context(for: stored.asks))
            return try key.signature(for: message).derRepresentation
        } catch {
            throw enclaveFailure(error)
        }
    }

    func agree(alias: String, publicKey: Data) async throws -> Data {
        throw PortError.LevelNotAvailable
    }

    func unseal(alias: String, sealed: Data) async throws -> Data {
        do {
            let stored = try keys.get(alias, .seals)
            // The dialog is the session's own: who unlocks by a face is not asked again for what follows.
            let context = try dialog.context(for: stored.asks == .never ? .never : .within(.max))
            if let enrolled = stored.biometrics {
                _ = context.canEvaluatePolicy(.deviceOwnerAuthenticationWithBiometrics, error: nil)
                guard context.evaluatedPolicyDomainState == enrolled else { throw PortError.NoSuchKey }
            }
            let key = try SecureEnclave.P256.KeyAgreement.PrivateKey(
                dataRepresentation: stored.blob, authenticationContext: context)
            return try Sealing.open(sealed, with: key)
        } catch {
            throw enclaveFailure(error)
        }
    }

    func end() async throws {
        dialog.end()
    }
}
