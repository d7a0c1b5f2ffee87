import SwiftUI

/// How much a button weighs. The two answers to a question always have the same.
enum Weight {
    case strong
    case quiet
}

/// A button as wide as the screen.
struct WideButton: View {
    private let words: LocalizedStringKey
    private let weight: Weight
    private let action: () async -> Void

    init(_ words: LocalizedStringKey, _ weight: Weight = .strong, action: @escaping () async -> Void) {
        (self.words, self.weight, self.action) = (words, weight, action)
    }

    var body: some View {
        Button {
            Task { await action() }
        } label: {
            WideLabel(words: words, weight: weight)
        }
        .buttonStyle(.plain)
    }
}

/// One line that can be tapped: what it is, and what a tap does.
struct Row: View {
    let words: Text
    let hint: Text
    /// What is spoken in place of both.
    let spoken: Text
    let action: () async -> Void

    var body: some View {
        Button {
            Task { await action() }
        } label: {
            HStack(spacing: Space.medium) {
                words.font(.headline).foregroundStyle(Palette.ink)
                Spacer()
                hint.font(.subheadline).foregroundStyle(Palette.brand)
            }
            .frame(maxWidth: .infinity, minHeight: Space.touch, alignment: .leading)
        }
        .buttonStyle(.plain)
        .accessibilityLabel(spoken)
    }
}

private struct WideLabel: View {
    let words: LocalizedStringKey
    let weight: Weight
    @Environment(\.isEnabled) private var isEnabled

    var body: some View {
        Text(words)
            .font(.headline)
            .multilineTextAlignment(.center)
            .foregroundStyle(isEnabled ? ink : Palette.inkSoft)
            .padding(.horizontal, Space.medium)
            .padding(.vertical, Space.small)
            .frame(maxWidth: .infinity, minHeight: Space.touch)
            .background(isEnabled ? fill : Palette.line, in: RoundedRectangle(cornerRadius: Space.large))
    }

    private var ink: Color { weight == .strong ? Palette.onBrand : Palette.ink }
    private var fill: Color { weight == .strong ? Palette.brand : Palette.plainSurface }
}

/// Two buttons of equal weight: beside each other, or under each other where text is large. Of two answers the no is first.
struct Both<First: View, Second: View>: View {
    private let first: First
    private let second: Second
    @Environment(\.dynamicTypeSize) private var size

    init(@ViewBuilder _ first: () -> First, @ViewBuilder or second: () -> Second) {
        (self.first, self.second) = (first(), second())
    }

    var body: some View {
        if size >= .xxLarge {
            VStack(spacing: Space.small) {
                first
                second
            }
        } else {
            HStack(spacing: Space.medium) {
                first
                second
            }
        }
    }
}
