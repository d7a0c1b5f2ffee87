import Foundation
import OpenSSLForCryptoKit

/// A key on P-256.
struct SecretKey: Sendable {
    let bytes: [UInt8]

    init() {
        var bytes = [UInt8](repeating: 0, count: 32)
        precondition(p256_generate(&bytes) == 1, "OpenSSL makes keys")
        self.bytes = bytes
    }

    init(_ bytes: some Collection<UInt8>) throws {
        guard bytes.count == 32 else { throw CryptoKitError.incorrectKeySize }
        self.bytes = Array(bytes)
    }

    var publicKey: Data {
        var point = [UInt8](repeating: 0, count: 65)
        precondition(p256_public(bytes, &point) == 1, "each key has a point")
        return Data(point)
    }

    func sign(_ message: [UInt8]) throws -> Data {
        var der = [UInt8](repeating: 0, count: 80)
        var length = 0
        try worked(p256_sign(bytes, message, message.count, &der, &length))
        return Data(der.prefix(length))
    }

    func agree(_ publicKey: Data) throws -> [UInt8] {
        var shared = [UInt8](repeating: 0, count: 32)
        try worked(p256_agree(bytes, Array(publicKey), &shared))
        return shared
    }
}
