/// Something new to remember, typed twice, and the rules that need no wallet.
struct TypedTwice {
    enum Refused { case tooShort, different }

    /// In characters.
    private let leastLength: Int
    var text = ""
    var again = ""

    /// What opens the wallet.
    static var pin: Self { Self(leastLength: 6) }
    /// What opens a file.
    static var passphrase: Self { Self(leastLength: 8) }

    private init(leastLength: Int) {
        self.leastLength = leastLength
    }

    /// Why it does not do.
    var refused: Refused? {
        if text.count < leastLength { return .tooShort }
        return text == again ? nil : .different
    }
}
