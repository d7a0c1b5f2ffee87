import Foundation
import WalletCore

/// A backup on its way into a file: it is encrypted, and as small as a wallet.
final class CollectedBackup: BackupSink, @unchecked Sendable {
    private let lock = NSLock()
    private var collected = Data()

    var bytes: Data { lock.withLock { collected } }

    func write(bytes: Data) throws { lock.withLock { collected.append(bytes) } }
    func finish() throws {}
}

/// A backup out of a file.
final class BackupFile: BackupSource, @unchecked Sendable {
    private static let largestPiece: UInt32 = 65_536
    private let file: FileHandle

    init(_ file: FileHandle) {
        self.file = file
    }

    func read(maxBytes: UInt32) throws -> Data {
        try file.read(upToCount: Int(min(maxBytes, Self.largestPiece))) ?? Data()
    }
}
