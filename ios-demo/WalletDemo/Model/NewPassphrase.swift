/// A passphrase for a file, typed twice, and the rules that need no wallet.
struct NewPassphrase {
    enum Refused { case tooShort, different }

    static let leastCharacters = 8

    var text = ""
    var again = ""

    /// Why it does not do.
    var refused: Refused? {
        if text.count < Self.leastCharacters { return .tooShort }
        return text == again ? nil : .different
    }
}
