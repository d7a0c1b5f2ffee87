import SwiftUI

/// Something that cannot be undone: asked for, explained, and done with a second tap only; no weighs as much as yes.
struct Confirmed: View {
    let ask: LocalizedStringKey
    let warning: LocalizedStringKey
    let isBusy: Bool
    let act: () async -> Void
    @State private var isAsked = false

    init(_ ask: LocalizedStringKey, warning: LocalizedStringKey, isBusy: Bool, act: @escaping () async -> Void) {
        (self.ask, self.warning, self.isBusy, self.act) = (ask, warning, isBusy, act)
    }

    var body: some View {
        if isAsked {
            Notice(tone: .warning, heading: Text(warning))
            Both {
                WideButton("cancel", .quiet) { isAsked = false }
            } or: {
                WideButton("delete_yes", .quiet, action: act)
            }
            .disabled(isBusy)
        } else {
            WideButton(ask, .quiet) { isAsked = true }
        }
    }
}
