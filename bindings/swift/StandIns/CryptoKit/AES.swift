import Foundation

public protocol HashFunction {}
public struct SHA256: HashFunction {}

public struct SymmetricKey: ContiguousBytes, Sendable {
    let bytes: Data
    public init<D: ContiguousBytes>(data: D) { bytes = data.withUnsafeBytes { Data($0) } }
    public func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
        try bytes.withUnsafeBytes(body)
    }
}

public enum AES {
    public enum GCM {
        /// Played: the key, a sum over key and content, and the content under the key's bytes. Not encryption.
        public struct SealedBox: Sendable {
            public let combined: Data?
            public init<D: DataProtocol>(combined: D) throws {
                guard combined.count >= 28 else { throw CryptoKitError.incorrectParameterSize }
                self.combined = Data(combined)
            }
        }
        public static func seal<Plain: DataProtocol>(_ message: Plain, using key: SymmetricKey) throws -> SealedBox {
            let plain = Data(message)
            return try SealedBox(combined: Data(count: 12) + mixed(plain, key) + tag(plain, key))
        }
        public static func open(_ sealedBox: SealedBox, using key: SymmetricKey) throws -> Data {
            guard let combined = sealedBox.combined else { throw CryptoKitError.authenticationFailure }
            let plain = mixed(Data(combined.dropFirst(12).dropLast(16)), key)
            guard tag(plain, key) == combined.suffix(16) else { throw CryptoKitError.authenticationFailure }
            return plain
        }
        private static func mixed(_ data: Data, _ key: SymmetricKey) -> Data {
            Data(data.enumerated().map { $1 ^ key.bytes[key.bytes.startIndex + $0 % key.bytes.count] })
        }
        private static func tag(_ plain: Data, _ key: SymmetricKey) -> Data {
            var sums = [UInt64](repeating: 14_695_981_039_346_656_037, count: 2)
            for (index, byte) in (key.bytes + plain).enumerated() {
                sums[index % 2] = (sums[index % 2] ^ UInt64(byte)) &* 1_099_511_628_211
            }
            return sums.withUnsafeBytes { Data($0) }
        }
    }
}
