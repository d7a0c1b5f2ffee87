import Foundation

/// A PIN, a passphrase or a recovery key on its way to the core. It lies in one place in memory, has no printable form,
/// and is wiped when the call that takes it ends, whatever came of it: the next try needs a new one.
///
/// What cannot be wiped: the text that a field of the system's held, and the buffers that carry it into the core, of which
/// the threat model names each.
public final class Secret: Sendable {
    nonisolated(unsafe) private let memory: UnsafeMutableRawBufferPointer

    /// Takes the bytes and wipes them where they were.
    public init(wiping bytes: inout [UInt8]) {
        memory = .allocate(byteCount: bytes.count, alignment: 1)
        memory.copyBytes(from: bytes)
        bytes.withUnsafeMutableBytes { Self.wipe($0) }
        bytes = []
    }

    /// Takes a text as UTF-8. The text itself cannot be wiped; where the app has the bytes, `init(wiping:)` is better.
    public convenience init(_ text: String) {
        var bytes = Array(text.utf8)
        self.init(wiping: &bytes)
    }

    deinit {
        Self.wipe(memory)
        memory.deallocate()
    }

    /// Overwrites it with zeros.
    public func wipe() {
        Self.wipe(memory)
    }

    /// The bytes in place: no copy, wiped together with this. Up to 14 bytes, as of a PIN, are a copy in the value itself,
    /// which nothing can wipe.
    var data: Data {
        guard let start = memory.baseAddress, !memory.isEmpty else { return Data() }
        return Data(bytesNoCopy: start, count: memory.count, deallocator: .custom { [self] _, _ in withExtendedLifetime(self) {} })
    }

    private static func wipe(_ memory: UnsafeMutableRawBufferPointer) {
        for offset in memory.indices { memory.storeBytes(of: 0, toByteOffset: offset, as: UInt8.self) }
    }
}

extension Secret: CustomStringConvertible, CustomReflectable {
    public var description: String { "Secret" }
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}

extension RecoveryKey {
    /// The key as something that opens the wallet.
    public func secret() throws -> Secret {
        var text = [UInt8](try reveal())
        return Secret(wiping: &text)
    }
}
