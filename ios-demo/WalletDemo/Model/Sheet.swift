import Foundation

/// A page for a printer or a file: a title, what to know, and what it is all about.
struct Sheet: Equatable, Sendable {
    let title: String
    let about: String
    let lines: [String]

    var text: String { ([title, "", about, ""] + lines).joined(separator: "\r\n") + "\r\n" }
}

extension Sheet {
    /// The recovery key on paper, its groups numbered as on the screen.
    @MainActor init(recoveryKey groups: [String], words: any Words) {
        self.init(
            title: words.text("recovery_key"), about: words.text("recovery_about") + " " + words.text("recovery_keep_safe"),
            lines: groups.enumerated().map { "\($0 + 1). \($1)" })
    }
}
