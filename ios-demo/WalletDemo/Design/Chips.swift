import SwiftUI

/// One of a few: two beside each other, or under each other where text is large.
struct Chips<Option: Hashable>: View {
    let options: [Option]
    let chosen: Option
    let words: (Option) -> Text
    let choose: (Option) -> Void

    var body: some View {
        VStack(spacing: Space.small) {
            ForEach(Array(stride(from: 0, to: options.count, by: 2)), id: \.self) { first in
                if first + 1 < options.count {
                    Both {
                        chip(options[first])
                    } or: {
                        chip(options[first + 1])
                    }
                } else {
                    chip(options[first])
                }
            }
        }
    }

    private func chip(_ option: Option) -> some View {
        let isChosen = option == chosen
        return Button {
            choose(option)
        } label: {
            HStack(spacing: Space.small) {
                Image(systemName: isChosen ? "largecircle.fill.circle" : "circle")
                    .foregroundStyle(Palette.brand)
                    .accessibilityHidden(true)
                words(option).foregroundStyle(Palette.ink)
            }
            .padding(.horizontal, Space.medium)
            .frame(maxWidth: .infinity, minHeight: Space.touch, alignment: .leading)
            .background(isChosen ? Palette.plainSurface : Palette.surface, in: RoundedRectangle(cornerRadius: Space.large))
        }
        .buttonStyle(.plain)
        .accessibilityAddTraits(isChosen ? .isSelected : [])
    }
}
