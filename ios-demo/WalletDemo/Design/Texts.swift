import SwiftUI

/// A title of a part of the screen; VoiceOver's rotor jumps from one to the next.
struct Heading: View {
    let words: Text

    var body: some View {
        words.font(.headline).foregroundStyle(Palette.ink).accessibilityAddTraits(.isHeader)
    }
}

struct Note: View {
    let words: Text

    var body: some View {
        words.font(.subheadline).foregroundStyle(Palette.inkSoft)
    }
}

/// A word on what stands above it, with its sign.
struct Mark: View {
    let tone: Tone
    let words: Text

    var body: some View {
        Label { words } icon: { Image(systemName: tone.sign) }
            .font(.subheadline)
            .foregroundStyle(tone.ink)
    }
}

/// Says below a field what is wrong with what was typed.
struct Mistake: View {
    let words: Text

    var body: some View {
        Mark(tone: .danger, words: words)
    }
}
