import CoreTransferable
import Foundation
import UniformTypeIdentifiers

/// A file on its way out. Of no type that another app would open by itself.
struct OutgoingFile: Transferable, Sendable {
    let name: String
    let bytes: Data

    static var transferRepresentation: some TransferRepresentation {
        DataRepresentation(exportedContentType: .data) { (file: OutgoingFile) in file.bytes }
    }
}
