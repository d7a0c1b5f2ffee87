import CryptoKit
import Foundation
import WalletCore

/// ECIES to a key in the Secure Enclave, which has no AES of its own: an ephemeral key agrees with the Enclave's, and what
/// comes of it encrypts.
///
/// The sealed form is `ephemeral public key (65 bytes) ‖ nonce (12) ‖ ciphertext ‖ tag (16)`.
enum Sealing {
    private static let publicKeyLength = 65

    static func seal(_ secret: Data, to enclave: P256.KeyAgreement.PublicKey) throws -> Data {
        let ephemeral = P256.KeyAgreement.PrivateKey()
        let shared = try ephemeral.sharedSecretFromKeyAgreement(with: enclave)
        let key = key(shared, ephemeral.publicKey, enclave)
        guard let box = try AES.GCM.seal(secret, using: key).combined else { throw PortError.Unexpected(class: "SealedBox") }
        return ephemeral.publicKey.x963Representation + box
    }

    /// - Throws: `PortError.NoSuchKey` when another key sealed it, or it was changed.
    static func open(_ sealed: Data, with enclave: SecureEnclave.P256.KeyAgreement.PrivateKey) throws -> Data {
        guard sealed.count > publicKeyLength,
            let ephemeral = try? P256.KeyAgreement.PublicKey(x963Representation: sealed.prefix(publicKeyLength)),
            let box = try? AES.GCM.SealedBox(combined: sealed.dropFirst(publicKeyLength))
        else { throw PortError.NoSuchKey }
        let shared = try enclave.sharedSecretFromKeyAgreement(with: ephemeral)
        guard let secret = try? AES.GCM.open(box, using: key(shared, ephemeral, enclave.publicKey)) else {
            throw PortError.NoSuchKey
        }
        return secret
    }

    private static func key(
        _ shared: SharedSecret, _ ephemeral: P256.KeyAgreement.PublicKey, _ enclave: P256.KeyAgreement.PublicKey
    ) -> SymmetricKey {
        let both = ephemeral.x963Representation + enclave.x963Representation
        return shared.x963DerivedSymmetricKey(using: SHA256.self, sharedInfo: both, outputByteCount: 32)
    }
}
