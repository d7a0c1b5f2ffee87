import SwiftUI
import WalletCore

/// A claim with its value; a portrait as a picture.
struct ClaimView: View {
    let typeId: String
    let claim: Claim
    @Environment(\.locale) private var locale
    @Environment(\.pasteboard) private var pasteboard
    @State private var isCopied = false

    private static let mostPixels: UInt64 = 4_000_000

    var body: some View {
        let label = (try? locale.claim(claim.location(), of: typeId)) ?? ""
        if let image = try? claim.image(maxPixels: Self.mostPixels) {
            VStack(alignment: .leading, spacing: Space.tiny) {
                Note(words: Text(verbatim: label)).accessibilityHidden(true)
                Portrait(label: label, bytes: image)
            }
        } else {
            let value = (try? claim.reveal(locale: locale.tag)) ?? ""
            VStack(alignment: .leading, spacing: Space.tiny) {
                Note(words: Text(verbatim: label))
                Text(verbatim: value).font(.headline).foregroundStyle(Palette.ink)
                if isCopied { Note(words: Text("copied")) }
            }
            .accessibilityElement(children: .combine)
            .privacySensitive()
            .contextMenu {
                if let pasteboard {
                    Button("copy_value") {
                        pasteboard.copy(value)
                        isCopied = true
                    }
                }
            }
        }
    }
}
