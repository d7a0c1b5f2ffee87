import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// The TLS roots that this process trusts besides none: on Linux, URLSession reads them from one file that an environment
/// variable names. Roots are added before the first call.
package enum Roots {
    private static let lock = NSLock()
    private static let file = Project.temporaryFolder().appendingPathComponent("roots.pem")

    package static func trust(_ pem: String) throws {
        try lock.withLock {
            let before = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
            try (before + pem + "\n").write(to: file, atomically: true, encoding: .utf8)
            setenv("URLSessionCertificateAuthorityInfoFile", file.path, 1)
        }
    }
}
