import CryptoKit
import Foundation
import LocalAuthentication
import WalletCore

/// Keys in the Secure Enclave. They never leave it, and never leave the phone.
///
/// Each session has one dialog with the citizen (`LAContext`), which serves for all that the session signs and unseals.
/// A phone without a passcode cannot ask: credential keys then are `KeyAuthentication.vaultOnly`, and say so.
///
/// Keys sign or seal; there is no key agreement for the core (`PortError.LevelNotAvailable`), and no attestation.
public final class EnclaveSecureArea: SecureArea {
    private let keys: EnclaveKeys

    /// - Parameters:
    ///   - service: Tells the keys from the app's other keychain items.
    ///   - accessGroup: The keychain access group that the app's extensions share; `nil` for the app's own.
    public init(service: String, accessGroup: String?) {
        keys = EnclaveKeys(keychain: Keychain(service: service, accessGroup: accessGroup))
    }

    public func create(alias: String, policy: KeyPolicy) async throws -> CreatedKey {
        guard SecureEnclave.isAvailable else { throw PortError.LevelNotAvailable }
        let canAsk = LAContext().canEvaluatePolicy(.deviceOwnerAuthentication, error: nil)
        let asks: EnclaveKey.Asks = canAsk ? .init(policy.authentication) : .never
        do {
            let key = try SecureEnclave.P256.Signing.PrivateKey(accessControl: AccessControl.signing(asks))
            try keys.put(EnclaveKey(work: .signs, blob: key.dataRepresentation, asks: asks, biometrics: nil), as: alias)
            return CreatedKey(
                publicKey: key.publicKey.x963Representation, level: .secureElement, authentication: asks.authentication,
                attestation: [])
        } catch {
            throw enclaveFailure(error)
        }
    }

    public func seal(alias: String, secret: Data, policy: SealPolicy) async throws -> Data {
        defer { secret.wipe() }
        guard SecureEnclave.isAvailable else { throw PortError.LevelNotAvailable }
        let context = LAContext()
        let byBiometrics = policy == .biometrics
        if byBiometrics, !context.canEvaluatePolicy(.deviceOwnerAuthenticationWithBiometrics, error: nil) {
            throw PortError.LevelNotAvailable
        }
        do {
            let key = try SecureEnclave.P256.KeyAgreement.PrivateKey(accessControl: AccessControl.sealing(policy))
            let sealed = try Sealing.seal(secret, to: key.publicKey)
            try keys.keychain.delete(alias)
            try keys.put(
                EnclaveKey(
                    work: .seals, blob: key.dataRepresentation, asks: byBiometrics ? .eachTime : .never,
                    biometrics: byBiometrics ? context.evaluatedPolicyDomainState : nil),
                as: alias)
            return sealed
        } catch {
            throw enclaveFailure(error)
        }
    }

    public func begin(purpose: Purpose) throws -> any KeySession {
        EnclaveKeySession(keys: keys, reason: purpose.text)
    }

    public func delete(alias: String) async throws {
        try keys.keychain.delete(alias)
    }

    public func list(prefix: String) async throws -> [String] {
        try keys.keychain.names(prefix: prefix)
    }
}
