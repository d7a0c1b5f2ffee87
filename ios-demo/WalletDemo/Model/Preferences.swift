import Foundation
import Observation

/// What the citizen chose, kept outside the vault since it is needed before it is open. Nothing of it is secret.
@MainActor @Observable final class Preferences {
    /// The languages that the app speaks, in the order in which they are offered.
    static let languages = ["en", "fr"]
    static let lockMinutes = [1, 5, 15]

    /// The language of everything that is shown; a change shows at once.
    private(set) var language: String
    private(set) var lockAfterMinutes: Int

    @ObservationIgnored private let saved: UserDefaults

    /// Until the citizen chooses, the phone's language counts.
    init(saved: UserDefaults, phone: Locale = .current) {
        self.saved = saved
        let wanted = saved.string(forKey: Key.language) ?? phone.language.languageCode?.identifier ?? ""
        language = Self.languages.contains(wanted) ? wanted : Self.languages[0]
        let minutes = saved.integer(forKey: Key.lock)
        lockAfterMinutes = Self.lockMinutes.contains(minutes) ? minutes : Self.lockMinutes[1]
    }

    func choose(language: String) {
        self.language = language
        saved.set(language, forKey: Key.language)
    }

    func lock(afterMinutes minutes: Int) {
        lockAfterMinutes = minutes
        saved.set(minutes, forKey: Key.lock)
    }

    private enum Key {
        static let language = "language"
        static let lock = "lock_after_minutes"
    }
}
