import Accessibility
import SwiftUI
import WalletCore

/// What went wrong and what to do now, in the core's words; with the number that a helper asks for.
struct Problem: View {
    let failure: WalletError?
    @Environment(\.locale) private var locale

    init(_ failure: WalletError?) {
        self.failure = failure
    }

    var body: some View {
        if let failure {
            let (message, action) = (failure.message(in: locale), failure.action(in: locale))
            Notice(tone: .danger, heading: Text(verbatim: message), about: Text(verbatim: action))
                .task(id: failure) { AccessibilityNotification.Announcement(message + " " + action).post() }
            if let number = try? codeDetails(code: failure.code).printed {
                Note(words: Text("problem_number \(number)"))
            }
        }
    }
}
