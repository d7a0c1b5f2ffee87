// A stand-in for what the app uses of Apple's framework CoreTransferable: values that become bytes on their way out.
import Foundation
import UniformTypeIdentifiers

public protocol Transferable {
    associatedtype Representation: TransferRepresentation
    @TransferRepresentationBuilder<Self> static var transferRepresentation: Representation { get }
}

public protocol TransferRepresentation<Item>: Sendable {
    associatedtype Item: Transferable
}

@resultBuilder public struct TransferRepresentationBuilder<Item: Transferable> {
    public static func buildBlock<Content: TransferRepresentation>(_ content: Content) -> Content where Content.Item == Item { content }
}

public struct DataRepresentation<Item: Transferable>: TransferRepresentation {
    /// What a test's dialog writes.
    @_spi(Host) public let exporting: @Sendable (Item) async throws -> Data
    @_spi(Host) public let type: UTType
    public init(exportedContentType: UTType, exporting: @escaping @Sendable (Item) async throws -> Data) {
        (type, self.exporting) = (exportedContentType, exporting)
    }
}
