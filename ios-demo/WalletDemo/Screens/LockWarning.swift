import Accessibility
import SwiftUI

/// Says that the wallet is about to lock itself. It is announced once; then only the number counts down.
struct LockWarning: View {
    let seconds: Int
    @Environment(Model.self) private var model

    var body: some View {
        VStack(alignment: .leading, spacing: Space.small) {
            Notice(tone: .warning, heading: Text("lock_soon \(seconds)"))
            WideButton("lock_stay") { await model.lockWatch.stay() }
        }
        .padding(Space.medium)
        .task { AccessibilityNotification.Announcement(model.words.text("lock_soon %lld", seconds)).post() }
    }
}
