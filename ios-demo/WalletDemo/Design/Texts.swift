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

/// Says below a field what is wrong with what was typed.
struct Mistake: View {
    let words: Text

    var body: some View {
        Label { words } icon: { Image(systemName: Tone.danger.sign) }
            .font(.subheadline)
            .foregroundStyle(Tone.danger.ink)
    }
}
