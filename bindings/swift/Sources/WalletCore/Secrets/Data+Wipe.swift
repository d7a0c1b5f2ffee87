import Foundation

extension Data {
    /// Overwrites the bytes with zeros, where they lie: every copy of this value that shares them is wiped, too.
    ///
    /// Copies that were made of the bytes before stay. Up to 14 bytes lie in the value itself, of which each copy is one
    /// of its own; guard secrets and keys are longer.
    public func wipe() {
        withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress, !bytes.isEmpty else { return }
            // Not `memset`, which may be left out as nobody reads what it writes.
            let mutable = UnsafeMutableRawPointer(mutating: start)
            for offset in 0..<bytes.count { mutable.storeBytes(of: 0, toByteOffset: offset, as: UInt8.self) }
        }
    }
}
