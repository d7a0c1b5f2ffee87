import SwiftUI

/// A portrait. It is as high as it needs: nothing has a fixed height, since text grows.
struct Portrait: View {
    let label: String
    let bytes: Data

    var body: some View {
        if let picture = UIImage(data: bytes) {
            Image(uiImage: picture)
                .resizable()
                .scaledToFit()
                .frame(maxWidth: 140)
                .clipShape(RoundedRectangle(cornerRadius: Space.small))
                .accessibilityLabel(label)
        } else {
            Text("portrait_unreadable")
        }
    }
}
