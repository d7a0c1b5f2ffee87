import SwiftUI

/// Hides everything: nearly every screen shows something personal.
struct Cover: View {
    var body: some View {
        VStack(spacing: Space.medium) {
            Image(systemName: "lock.shield").font(.largeTitle).accessibilityHidden(true)
            Text("app_name").font(.title).bold()
        }
        .foregroundStyle(Palette.ink)
        .frame(maxWidth: .infinity, maxHeight: .infinity)
        .background(Palette.background)
    }
}
