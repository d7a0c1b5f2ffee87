import SwiftUI
import WalletCore

/// A claim with its value; a portrait as a picture.
struct ClaimView: View {
    let typeId: String
    let claim: Claim
    @Environment(\.locale) private var locale

    private static let mostPixels: UInt64 = 4_000_000

    var body: some View {
        let label = (try? locale.claim(claim.location(), of: typeId)) ?? ""
        if let image = try? claim.image(maxPixels: Self.mostPixels) {
            VStack(alignment: .leading, spacing: Space.tiny) {
                Note(words: Text(verbatim: label)).accessibilityHidden(true)
                Portrait(label: label, bytes: image)
            }
        } else {
            VStack(alignment: .leading, spacing: Space.tiny) {
                Note(words: Text(verbatim: label))
                Text(verbatim: (try? claim.reveal(locale: locale.tag)) ?? "").font(.headline).foregroundStyle(Palette.ink)
            }
            .accessibilityElement(children: .combine)
            .privacySensitive()
        }
    }
}
