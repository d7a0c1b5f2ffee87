@_spi(Host) import CoreTransferable
import UniformTypeIdentifiers

/// A dialog of the system's that is on the screen: it asks for a place or a file.
@_spi(Host) @MainActor public enum FileDialog {
    case saves(named: String?, bytes: () async throws -> Data, answer: (URL?) -> Void)
    case opens(answer: (URL?) -> Void)
}

extension View {
    public func fileExporter<T: Transferable>(
        isPresented: Binding<Bool>, item: T?, contentTypes: [UTType] = [], defaultFilename: String? = nil,
        onCompletion: @escaping (Result<URL, any Error>) -> Void, onCancellation: @escaping () -> Void = {}
    ) -> some View {
        modified { c, next in
            if isPresented.wrappedValue, let item, let form = T.transferRepresentation as? DataRepresentation<T> {
                c.host.dialog = .saves(named: defaultFilename, bytes: { try await form.exporting(item) }) { place in
                    isPresented.wrappedValue = false
                    if let place { onCompletion(.success(place)) } else { onCancellation() }
                }
            }
            return next(c)
        }
    }
    public func fileImporter(
        isPresented: Binding<Bool>, allowedContentTypes: [UTType], allowsMultipleSelection: Bool,
        onCompletion: @escaping (Result<[URL], any Error>) -> Void, onCancellation: @escaping () -> Void
    ) -> some View {
        modified { c, next in
            if isPresented.wrappedValue {
                c.host.dialog = .opens { file in
                    isPresented.wrappedValue = false
                    if let file { onCompletion(.success([file])) } else { onCancellation() }
                }
            }
            return next(c)
        }
    }
}

@_spi(Host) extension ViewHost {
    /// The citizen chooses a place: what is written there.
    public func savesFile() async throws -> (name: String?, bytes: Data) {
        guard case .saves(let name, let bytes, let answer)? = dialog else { throw HostError(description: "nothing asks where to save") }
        let place = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        let written = try await bytes()
        try written.write(to: place)
        answer(place)
        invalidate()
        return (name, written)
    }
    /// The citizen chooses a file that holds this.
    public func opensFile(_ bytes: Data) throws {
        guard case .opens(let answer)? = dialog else { throw HostError(description: "nothing asks which file") }
        let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try bytes.write(to: file)
        answer(file)
        invalidate()
    }
    /// The citizen chooses nothing.
    public func leavesFileDialog() throws {
        switch dialog {
        case .saves(_, _, let answer), .opens(let answer): answer(nil)
        case nil: throw HostError(description: "there is no such dialog")
        }
        invalidate()
    }
    public var hasFileDialog: Bool {
        _ = screen
        return dialog != nil
    }
}

#if os(Linux)
    extension URL {
        public func startAccessingSecurityScopedResource() -> Bool { false }
        public func stopAccessingSecurityScopedResource() {}
    }
#endif
