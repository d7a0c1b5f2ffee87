import Observation
import WalletCore

/// The first start: a PIN, and the recovery key that is seen once.
@MainActor @Observable final class BeginPresenter {
    private(set) var refused: TypedTwice.Refused?
    let work = Work()

    /// Whether it began before, and was broken off: a key that was written down then opens nothing.
    var isBrokenOff: Bool { session.isBrokenOff }

    @ObservationIgnored private let session: Session
    @ObservationIgnored private let newKey: NewKeyPresenter
    @ObservationIgnored private let words: any Words

    /// Told when there is a wallet.
    @ObservationIgnored var made: (@MainActor (Wallet) -> Void)?
    /// Told when its recovery key is confirmed.
    @ObservationIgnored var begun: (@MainActor () async throws -> Void)?

    init(session: Session, newKey: NewKeyPresenter, words: any Words) {
        (self.session, self.newKey, self.words) = (session, newKey, words)
    }

    func choose(_ pin: TypedTwice) async {
        refused = pin.refused
        guard refused == nil else { return }
        await work.run {
            let key = try await session.create(pin: Secret(pin.text), prompt: words.setPin)
            try newKey.show(key) { [weak self] in try await self?.begun?() }
            made?(try await session.present())
        }
    }
}
