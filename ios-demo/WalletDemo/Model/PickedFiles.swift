import Foundation
import Observation

/// Files outside the app, at places that the citizen chooses in the system's own dialogs, which `RootView` shows. The app
/// sees no file but the one that was chosen.
@MainActor @Observable final class PickedFiles {
    /// What is to be saved.
    private(set) var outgoing: OutgoingFile?
    /// Whether the dialog is there that asks where to save, or which file to read.
    var asksWhere = false
    var asksWhich = false

    @ObservationIgnored private var answer: CheckedContinuation<URL?, any Error>?

    /// Lets the citizen choose where a new file goes. `false` when they chose nothing.
    ///
    /// - Throws: What the system's files throw.
    func save(_ bytes: Data, named name: String) async throws -> Bool {
        outgoing = OutgoingFile(name: name, bytes: bytes)
        defer { outgoing = nil }
        return try await ask { asksWhere = true } != nil
    }

    /// Lets the citizen choose a file, and has it read. `nil` when they chose nothing.
    ///
    /// - Throws: What the system's files throw, and `read`.
    func open<T>(_ read: @MainActor (FileHandle) async throws -> T) async throws -> T? {
        guard let place = try await ask({ asksWhich = true }) else { return nil }
        let isLent = place.startAccessingSecurityScopedResource()
        defer { if isLent { place.stopAccessingSecurityScopedResource() } }
        let file = try FileHandle(forReadingFrom: place)
        defer { try? file.close() }
        return try await read(file)
    }

    /// One question at a time: an older one is answered with nothing.
    private func ask(_ show: () -> Void) async throws -> URL? {
        leave()
        return try await withCheckedThrowingContinuation {
            answer = $0
            show()
        }
    }

    /// Called by the dialogs.
    func chose(_ place: Result<URL, any Error>) {
        answer?.resume(with: place.map { $0 })
        answer = nil
    }

    /// Called by the dialogs when nothing was chosen.
    func leave() {
        answer?.resume(returning: nil)
        answer = nil
    }
}
