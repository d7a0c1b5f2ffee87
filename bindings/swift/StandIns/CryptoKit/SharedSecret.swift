import Foundation
import OpenSSLForCryptoKit

public protocol HashFunction {}
public struct SHA256: HashFunction {}

/// What two keys agree on.
public struct SharedSecret: ContiguousBytes, Sendable {
    private let bytes: [UInt8]
    init(_ bytes: [UInt8]) { self.bytes = bytes }

    public func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
        try bytes.withUnsafeBytes(body)
    }

    /// ANSI X9.63: the hash of secret, counter and information. One round of SHA-256 is all that is asked for here.
    public func x963DerivedSymmetricKey<H: HashFunction, SI: DataProtocol>(
        using hashFunction: H.Type, sharedInfo: SI, outputByteCount: Int
    ) -> SymmetricKey {
        precondition(H.self == SHA256.self && outputByteCount == 32)
        let input = bytes + [0, 0, 0, 1] + Array(sharedInfo)
        var digest = [UInt8](repeating: 0, count: 32)
        precondition(sha256(input, input.count, &digest) == 1)
        return SymmetricKey(data: digest)
    }
}
