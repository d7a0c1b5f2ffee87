import Foundation
import OpenSSLForCryptoKit

public struct SymmetricKey: ContiguousBytes, Sendable {
    let bytes: [UInt8]
    public init<D: ContiguousBytes>(data: D) { bytes = data.withUnsafeBytes { Array($0) } }
    public func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
        try bytes.withUnsafeBytes(body)
    }
}

public enum AES {
    public enum GCM {
        public struct SealedBox: Sendable {
            /// Nonce (12 bytes), ciphertext, tag (16).
            public let combined: Data?
            public init<D: DataProtocol>(combined: D) throws {
                guard combined.count >= 28 else { throw CryptoKitError.incorrectParameterSize }
                self.combined = Data(combined)
            }
        }

        public static func seal<Plain: DataProtocol>(_ message: Plain, using key: SymmetricKey) throws -> SealedBox {
            let plain = Array(message)
            let nonce = (0..<12).map { _ in UInt8.random(in: 0...255) }
            var cipher = [UInt8](repeating: 0, count: plain.count)
            var tag = [UInt8](repeating: 0, count: 16)
            try worked(gcm_seal(key.bytes, nonce, plain, plain.count, &cipher, &tag))
            return try SealedBox(combined: nonce + cipher + tag)
        }

        public static func open(_ sealedBox: SealedBox, using key: SymmetricKey) throws -> Data {
            guard let combined = sealedBox.combined.map({ Array($0) }) else { throw CryptoKitError.authenticationFailure }
            let cipher = Array(combined.dropFirst(12).dropLast(16))
            var plain = [UInt8](repeating: 0, count: cipher.count)
            guard gcm_open(key.bytes, Array(combined.prefix(12)), cipher, cipher.count, Array(combined.suffix(16)), &plain) == 1
            else { throw CryptoKitError.authenticationFailure }
            return Data(plain)
        }
    }
}
