import Foundation
import Observation

/// What the citizen chose, and one word of what was under way, kept outside the vault since it is needed before it is open.
/// Nothing of it is secret.
@MainActor @Observable final class Preferences {
    /// The languages that the app speaks, in the order in which they are offered.
    static let languages = ["en", "fr"]
    static let lockMinutes = [1, 5, 15]

    /// The language of everything that is shown; a change shows at once.
    private(set) var language: String
    private(set) var lockAfterMinutes: Int

    /// What was under way when the app was ended the last time.
    @ObservationIgnored let underwayBefore: Underway?

    @ObservationIgnored private let saved: UserDefaults

    /// Until the citizen chooses, the phone's language counts.
    init(saved: UserDefaults, phone: Locale = .current) {
        self.saved = saved
        let wanted = saved.string(forKey: Key.language) ?? phone.language.languageCode?.identifier ?? ""
        language = Self.languages.contains(wanted) ? wanted : Self.languages[0]
        let minutes = saved.integer(forKey: Key.lock)
        lockAfterMinutes = Self.lockMinutes.contains(minutes) ? minutes : Self.lockMinutes[1]
        underwayBefore = saved.string(forKey: Key.underway).flatMap(Underway.init)
    }

    func choose(language: String) {
        self.language = language
        saved.set(language, forKey: Key.language)
    }

    func lock(afterMinutes minutes: Int) {
        lockAfterMinutes = minutes
        saved.set(minutes, forKey: Key.lock)
    }

    /// Keeps what is under way, for the next start.
    func remember(_ underway: Underway?) {
        saved.set(underway?.rawValue, forKey: Key.underway)
    }

    private enum Key {
        static let language = "language"
        static let lock = "lock_after_minutes"
        static let underway = "underway"
    }
}
