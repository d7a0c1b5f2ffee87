/// A PIN typed twice, and the rules that need no wallet.
struct NewPin {
    enum Refused { case tooShort, different }

    static let leastDigits = 6

    var pin = ""
    var again = ""

    /// Why it does not do.
    var refused: Refused? {
        if pin.count < Self.leastDigits { return .tooShort }
        return pin == again ? nil : .different
    }
}
