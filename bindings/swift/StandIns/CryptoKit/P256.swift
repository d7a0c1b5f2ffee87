import Foundation
import OpenSSLForCryptoKit

public enum P256 {
    public enum Signing {
        public struct PublicKey: Sendable { public let x963Representation: Data }
        public struct ECDSASignature: Sendable { public let derRepresentation: Data }
    }

    public enum KeyAgreement {
        public struct PublicKey: Sendable {
            public let x963Representation: Data
            public init<D: ContiguousBytes>(x963Representation: D) throws {
                let bytes = x963Representation.withUnsafeBytes { [UInt8]($0) }
                guard bytes.count == 65 else { throw CryptoKitError.incorrectParameterSize }
                try worked(p256_is_point(bytes))
                self.x963Representation = Data(bytes)
            }
            init(of key: SecretKey) { x963Representation = key.publicKey }
        }

        /// A key in memory, for one message.
        public struct PrivateKey: Sendable {
            private let key: SecretKey
            public init(compactRepresentable: Bool = true) { key = SecretKey() }
            public var publicKey: PublicKey { .init(of: key) }
            public func sharedSecretFromKeyAgreement(with publicKeyShare: PublicKey) throws -> SharedSecret {
                SharedSecret(try key.agree(publicKeyShare.x963Representation))
            }
        }
    }
}

public enum CryptoKitError: Error {
    case incorrectKeySize, incorrectParameterSize, authenticationFailure
    case underlyingCoreCryptoError(error: Int32)
}

func worked(_ result: Int32) throws {
    if result != 1 { throw CryptoKitError.underlyingCoreCryptoError(error: result) }
}
