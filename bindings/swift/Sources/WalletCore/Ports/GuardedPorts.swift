import Foundation
import WalletCoreBindings

final class GuardedHttpClient: HttpClient {
    private let app: any HttpClient

    init(_ app: any HttpClient) { self.app = app }

    func send(request: HttpRequest) async throws -> HttpResponse {
        try await guarded { try await app.send(request: request) }
    }
}

final class GuardedClock: Clock {
    private let app: any Clock

    init(_ app: any Clock) { self.app = app }

    func now() throws -> Moment {
        try guarded { try app.now() }
    }
}

final class GuardedRollbackAnchor: RollbackAnchor {
    private let app: any RollbackAnchor

    init(_ app: any RollbackAnchor) { self.app = app }

    func get(vaultId: Data) async throws -> UInt64? {
        try await guarded { try await app.get(vaultId: vaultId) }
    }

    func compareAndSet(vaultId: Data, expected: UInt64?, new: UInt64) async throws -> Bool {
        try await guarded { try await app.compareAndSet(vaultId: vaultId, expected: expected, new: new) }
    }
}

final class GuardedBackupSink: BackupSink {
    private let app: any BackupSink

    init(_ app: any BackupSink) { self.app = app }

    func write(bytes: Data) throws { try guarded { try app.write(bytes: bytes) } }

    func finish() throws { try guarded { try app.finish() } }
}

final class GuardedBackupSource: BackupSource {
    private let app: any BackupSource

    init(_ app: any BackupSource) { self.app = app }

    func read(maxBytes: UInt32) throws -> Data { try guarded { try app.read(maxBytes: maxBytes) } }
}
