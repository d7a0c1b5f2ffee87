import SwiftUI

/// What belongs together.
struct Card<Content: View>: View {
    private let spacing: CGFloat
    private let content: Content

    init(spacing: CGFloat = Space.small, @ViewBuilder content: () -> Content) {
        (self.spacing, self.content) = (spacing, content())
    }

    var body: some View {
        VStack(alignment: .leading, spacing: spacing) { content }
            .frame(maxWidth: .infinity, alignment: .leading)
            .padding(Space.medium)
            .background(Palette.surface, in: RoundedRectangle(cornerRadius: Space.corner))
    }
}

/// Something that has to be seen: a sign, a heading, an explanation. Read as one.
struct Notice: View {
    let tone: Tone
    let heading: Text
    var about: Text?
    /// A second explanation, on a line of its own.
    var more: Text?

    var body: some View {
        HStack(alignment: .top, spacing: Space.medium) {
            Image(systemName: tone.sign)
                .font(.title2)
                .foregroundStyle(tone.ink)
                .accessibilityHidden(true)
            VStack(alignment: .leading, spacing: Space.tiny) {
                heading.font(.headline).foregroundStyle(tone.ink)
                if let about { about.font(.subheadline).foregroundStyle(tone.ink) }
                if let more { more.font(.subheadline).foregroundStyle(tone.ink) }
            }
        }
        .frame(maxWidth: .infinity, alignment: .leading)
        .padding(Space.medium)
        .background(tone.surface, in: RoundedRectangle(cornerRadius: Space.corner))
        .accessibilityElement(children: .combine)
    }
}
