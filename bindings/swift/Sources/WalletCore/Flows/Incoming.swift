/// What a link led to.
public enum Incoming: Sendable {
    /// An issuer offers credentials.
    case offer(Offer)
    /// Credentials of an earlier visit still wait for a yes.
    case preview(Preview)
    /// A verifier asks.
    case request(PresentationRequest)
}
