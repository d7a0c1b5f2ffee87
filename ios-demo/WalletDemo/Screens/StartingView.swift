import SwiftUI

struct StartingView: View {
    @Environment(Model.self) private var model

    var body: some View {
        Page(Text("app_name"), isBusy: model.starting.isBusy) {
            Problem(model.starting.failure)
            if model.starting.failure != nil {
                WideButton("erase_title", .quiet) { model.recovery.startErasing() }
            }
        }
    }
}
