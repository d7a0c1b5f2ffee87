import Foundation
@_spi(Phone) import LocalAuthentication
@_spi(Phone) import Security

/// A Secure Enclave as tests play it. A key is a random name with its access control; what it "signs" says its name.
public enum SecureEnclave {
    public static var isAvailable: Bool { true }

    public enum P256 {
        public enum Signing {
            public struct PrivateKey: Sendable {
                let key: PlayedKey
                public var dataRepresentation: Data { key.blob }
                public var publicKey: CryptoKit.P256.Signing.PublicKey { .init(x963Representation: key.publicKey) }
                public init(
                    compactRepresentable: Bool = true, accessControl: SecAccessControl,
                    authenticationContext: LAContext? = nil
                ) throws { key = PlayedKey(accessControl, authenticationContext) }
                public init(dataRepresentation: Data, authenticationContext: LAContext? = nil) throws {
                    key = try PlayedKey(blob: dataRepresentation, authenticationContext)
                }
                public func signature<D: DataProtocol>(for data: D) throws -> CryptoKit.P256.Signing.ECDSASignature {
                    try key.use()
                    return .init(derRepresentation: key.name + Data(data))
                }
            }
        }

        public enum KeyAgreement {
            public struct PrivateKey: Sendable {
                let key: PlayedKey
                public var dataRepresentation: Data { key.blob }
                public var publicKey: CryptoKit.P256.KeyAgreement.PublicKey {
                    .init(unchecked: key.publicKey)
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
                    return SharedSecret(of: key.publicKey, and: publicKeyShare.x963Representation)
                }
            }
        }
    }
}

struct PlayedKey: Sendable {
    let name: Data
    let needsCitizen: Bool
    let context: LAContext?

    init(_ access: SecAccessControl, _ context: LAContext?) {
        name = Data((0..<16).map { _ in UInt8.random(in: 0...255) })
        needsCitizen = !access.flags.isDisjoint(with: [.userPresence, .biometryAny, .biometryCurrentSet, .devicePasscode])
        self.context = context
    }

    init(blob: Data, _ context: LAContext?) throws {
        guard blob.count == 17 else { throw CryptoKitError.incorrectKeySize }
        name = Data(blob.dropLast())
        needsCitizen = blob.last == 1
        self.context = context
    }

    var blob: Data { name + [needsCitizen ? 1 : 0] }
    var publicKey: Data { Data([4]) + name + name + name + name }

    func use() throws {
        if needsCitizen { try (context ?? LAContext()).requireCitizen() }
    }
}
