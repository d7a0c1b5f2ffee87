/// What was under way when the app was ended. This word is kept outside the vault and nothing else of it: what is in a flow
/// is in the vault, or lost.
enum Underway: String, Sendable {
    /// A link waited to be opened.
    case link
    /// A document was being received.
    case receive
    /// A request was being answered.
    case share
}
