import SwiftUI

/// A screen: title, what it says, and below, always in sight, what can be done.
struct Page<Content: View, Foot: View>: View {
    private let title: Text
    private let back: (() -> Void)?
    private let isBusy: Bool
    private let content: Content
    private let foot: Foot
    @AccessibilityFocusState private var isTitleFocused: Bool

    /// - Parameters:
    ///   - back: What the arrow above the title does, where there is one.
    ///   - isBusy: Whether something is under way.
    ///   - foot: What stays at the bottom of the screen, whatever is scrolled.
    init(
        _ title: Text, back: (() -> Void)? = nil, isBusy: Bool = false,
        @ViewBuilder content: () -> Content, @ViewBuilder foot: () -> Foot
    ) {
        (self.title, self.back, self.isBusy) = (title, back, isBusy)
        (self.content, self.foot) = (content(), foot())
    }

    var body: some View {
        VStack(alignment: .leading, spacing: 0) {
            ScrollView {
                VStack(alignment: .leading, spacing: Space.medium) {
                    if let back { BackButton(action: back) }
                    title
                        .font(.title)
                        .bold()
                        .foregroundStyle(Palette.ink)
                        .accessibilityAddTraits(.isHeader)
                        .accessibilityFocused($isTitleFocused)
                    if isBusy { ProgressView("working") }
                    content
                }
                .frame(maxWidth: .infinity, alignment: .leading)
                .padding(Space.large)
            }
            if Foot.self != EmptyView.self {
                VStack(spacing: Space.small) { foot }
                    .frame(maxWidth: .infinity)
                    .padding(Space.medium)
                    .background(Palette.surface)
            }
        }
        .background(Palette.background)
        // A new screen is heard from its title on.
        .onAppear { isTitleFocused = true }
    }
}

extension Page where Foot == EmptyView {
    init(_ title: Text, back: (() -> Void)? = nil, isBusy: Bool = false, @ViewBuilder content: () -> Content) {
        self.init(title, back: back, isBusy: isBusy, content: content) { EmptyView() }
    }
}

private struct BackButton: View {
    let action: () -> Void

    var body: some View {
        Button(action: action) {
            Image(systemName: "chevron.backward")
                .frame(minWidth: Space.touch, minHeight: Space.touch, alignment: .leading)
        }
        .font(.headline)
        .foregroundStyle(Palette.ink)
        .accessibilityLabel("back")
    }
}
