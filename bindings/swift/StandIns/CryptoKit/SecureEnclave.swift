import Foundation
@_spi(Phone) import LocalAuthentication
@_spi(Phone) import Security

/// A Secure Enclave as tests play it: its keys are real ones in memory, and what it gives to find a key again is the key.
public enum SecureEnclave {
    public static var isAvailable: Bool { true }

    public enum P256 {
        public enum Signing {
            public struct PrivateKey: Sendable {
                let key: PlayedKey
                public var dataRepresentation: Data { key.blob }
                public var publicKey: CryptoKit.P256.Signing.PublicKey { .init(x963Representation: key.secret.publicKey) }
                public init(
                    compactRepresentable: Bool = true, accessControl: SecAccessControl,
                    authenticationContext: LAContext? = nil
                ) throws { key = PlayedKey(accessControl, authenticationContext) }
                public init(dataRepresentation: Data, authenticationContext: LAContext? = nil) throws {
                    key = try PlayedKey(blob: dataRepresentation, authenticationContext)
                }
                public func signature<D: DataProtocol>(for data: D) throws -> CryptoKit.P256.Signing.ECDSASignature {
                    try key.use()
                    return try .init(derRepresentation: key.secret.sign(Array(data)))
                }
            }
        }

        public enum KeyAgreement {
            public struct PrivateKey: Sendable {
                let key: PlayedKey
                public var dataRepresentation: Data { key.blob }
                public var publicKey: CryptoKit.P256.KeyAgreement.PublicKey {
                    .init(of: key.secret)
                }
                public init(
                    compactRepresentable: Bool = true, accessControl: SecAccessControl,
                    authenticationContext: LAContext? = nil
                ) throws { key = PlayedKey(accessControl, authenticationContext) }
                public init(dataRepresentation: Data, authenticationContext: LAContext? = nil) throws {
                    key = try PlayedKey(blob: dataRepresentation, authenticationContext)
                }
                public func sharedSecretFromKeyAgreement(
                    with publicKeyShare: CryptoKit.P256.KeyAgreement.PublicKey
                ) throws -> SharedSecret {
                    try key.use()
                    return SharedSecret(try key.secret.agree(publicKeyShare.x963Representation))
                }
            }
        }
    }
}

struct PlayedKey: Sendable {
    let secret: SecretKey
    let needsCitizen: Bool
    let context: LAContext?

    init(_ access: SecAccessControl, _ context: LAContext?) {
        secret = SecretKey()
        needsCitizen = !access.flags.isDisjoint(with: [.userPresence, .biometryAny, .biometryCurrentSet, .devicePasscode])
        self.context = context
    }

    init(blob: Data, _ context: LAContext?) throws {
        secret = try SecretKey(blob.dropLast())
        needsCitizen = blob.last == 1
        self.context = context
    }

    var blob: Data { Data(secret.bytes) + [needsCitizen ? 1 : 0] }

    func use() throws {
        if needsCitizen { try (context ?? LAContext()).requireCitizen() }
    }
}
