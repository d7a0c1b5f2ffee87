import SwiftUI

/// The last way: everything is gone. It is offered, never pressed.
struct EraseView: View {
    @Environment(Model.self) private var model
    @State private var isUnderstood = false

    var body: some View {
        let work = model.recovery.work
        Page(Text("erase_title"), back: { model.navigator.back() }, isBusy: work.isBusy) {
            Notice(tone: .danger, heading: Text("erase_what"), about: Text("erase_about"))
            Text("erase_before").foregroundStyle(Palette.ink)
            Toggle(isOn: $isUnderstood) { Text("erase_sure").foregroundStyle(Palette.ink) }
            Problem(work.failure)
        } foot: {
            Both {
                WideButton("cancel") { model.navigator.back() }
            } or: {
                WideButton("erase_yes") { await model.recovery.erase() }
                    .disabled(!isUnderstood || work.isBusy)
            }
        }
    }
}
