// A stand-in for what the app uses of Apple's framework Accessibility: announcements, which tests can hear.

public enum AccessibilityNotification {
    public struct Announcement: Sendable {
        let words: String
        public init(_ announcement: String) { words = announcement }
        @MainActor public func post() { Heard.all.append(words) }
    }
}

/// What VoiceOver was told to say, from the first.
@_spi(Host) @MainActor public enum Heard {
    public internal(set) static var all: [String] = []
    public static func forget() { all = [] }
}
