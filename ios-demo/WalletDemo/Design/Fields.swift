import SwiftUI

/// What is typed into a field.
enum Input {
    case pin
    case passphrase
    case digits
    case code
    case link
}

/// A field under its label; the label stays visible while somebody types.
struct Field: View {
    private let words: LocalizedStringKey
    private let input: Input
    @Binding private var text: String

    init(_ words: LocalizedStringKey, _ input: Input, text: Binding<String>) {
        (self.words, self.input, _text) = (words, input, text)
    }

    var body: some View {
        VStack(alignment: .leading, spacing: Space.tiny) {
            Text(words).font(.headline).foregroundStyle(Palette.ink).accessibilityHidden(true)
            typed
                .font(.title3)
                .foregroundStyle(Palette.ink)
                .autocorrectionDisabled()
                .padding(Space.medium)
                .background(Palette.surface, in: RoundedRectangle(cornerRadius: Space.small))
                .overlay { RoundedRectangle(cornerRadius: Space.small).stroke(Palette.edge, lineWidth: 1).accessibilityHidden(true) }
        }
    }

    /// The label stands above the field, where it stays; within it would go.
    private let nothing = Text(verbatim: "")

    @ViewBuilder private var typed: some View {
        switch input {
        // A secure field has the system's keyboard, never one of another app, and nothing learns from it.
        case .pin: SecureField(words, text: $text, prompt: nothing).keyboardType(.numberPad)
        case .passphrase: SecureField(words, text: $text, prompt: nothing).keyboardType(.default)
        case .digits: TextField(words, text: $text, prompt: nothing).keyboardType(.numberPad)
        case .code: TextField(words, text: $text, prompt: nothing).keyboardType(.asciiCapable).textInputAutocapitalization(.characters)
        case .link: TextField(words, text: $text, prompt: nothing).keyboardType(.URL).textInputAutocapitalization(.never)
        }
    }
}

/// One of several.
struct OneOf<Option: Hashable>: View {
    let options: [Option]
    let chosen: Option
    let words: (Option) -> Text
    let choose: (Option) async -> Void

    var body: some View {
        VStack(alignment: .leading, spacing: 0) {
            ForEach(options, id: \.self) { option in
                Button {
                    Task { await choose(option) }
                } label: {
                    HStack(spacing: Space.medium) {
                        Image(systemName: option == chosen ? "largecircle.fill.circle" : "circle")
                            .foregroundStyle(Palette.brand)
                            .accessibilityHidden(true)
                        words(option).foregroundStyle(Palette.ink)
                    }
                    .frame(maxWidth: .infinity, minHeight: Space.touch, alignment: .leading)
                }
                .buttonStyle(.plain)
                .accessibilityAddTraits(option == chosen ? .isSelected : [])
            }
        }
    }
}
