import Foundation

public enum P256 {
    public enum Signing {
        public struct PublicKey: Sendable { public let x963Representation: Data }
        public struct ECDSASignature: Sendable { public let derRepresentation: Data }
    }

    public enum KeyAgreement {
        public struct PublicKey: Sendable {
            public let x963Representation: Data
            public init<D: ContiguousBytes>(x963Representation: D) throws {
                let bytes = x963Representation.withUnsafeBytes { Data($0) }
                guard bytes.count == 65, bytes.first == 4 else { throw CryptoKitError.incorrectParameterSize }
                self.x963Representation = bytes
            }
            init(unchecked: Data) { x963Representation = unchecked }
        }
        /// A key in memory, for one message.
        public struct PrivateKey: Sendable {
            let name: Data
            public init(compactRepresentable: Bool = true) {
                name = Data((0..<16).map { _ in UInt8.random(in: 0...255) })
            }
            public var publicKey: PublicKey { .init(unchecked: Data([4]) + name + name + name + name) }
            public func sharedSecretFromKeyAgreement(with publicKeyShare: PublicKey) throws -> SharedSecret {
                SharedSecret(of: publicKey.x963Representation, and: publicKeyShare.x963Representation)
            }
        }
    }
}

/// The same for both sides: what their public keys have in common.
public struct SharedSecret: ContiguousBytes, Sendable {
    private let bytes: Data
    init(of one: Data, and other: Data) { bytes = Data(zip(one.dropFirst(), other.dropFirst()).map { $0 ^ $1 }.prefix(32)) }
    public func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
        try bytes.withUnsafeBytes(body)
    }
    public func x963DerivedSymmetricKey<H: HashFunction, SI: DataProtocol>(
        using hashFunction: H.Type, sharedInfo: SI, outputByteCount: Int
    ) -> SymmetricKey {
        var key = Data(bytes.prefix(outputByteCount))
        for (index, byte) in sharedInfo.enumerated() { key[index % key.count] ^= byte }
        return SymmetricKey(data: key)
    }
}

public enum CryptoKitError: Error {
    case incorrectKeySize, incorrectParameterSize, authenticationFailure
    case underlyingCoreCryptoError(error: Int32)
}
