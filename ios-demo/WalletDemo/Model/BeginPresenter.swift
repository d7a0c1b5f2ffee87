import Observation
import WalletCore

/// The first start: a PIN, the recovery key that is seen once, and whether the phone's biometrics open the wallet.
@MainActor @Observable final class BeginPresenter {
    private(set) var refused: NewPin.Refused?
    let work = Work()
    let recovery: RecoveryPresenter

    @ObservationIgnored private let session: Session
    @ObservationIgnored private let navigator: Navigator
    @ObservationIgnored private let words: any Words

    /// Told when there is a wallet.
    @ObservationIgnored var made: (@MainActor (Wallet) -> Void)?

    init(session: Session, navigator: Navigator, words: any Words, recovery: RecoveryPresenter) {
        (self.session, self.navigator, self.words, self.recovery) = (session, navigator, words, recovery)
    }

    func choose(_ pin: NewPin) async {
        refused = pin.refused
        guard refused == nil else { return }
        await work.run {
            let key = try await session.create(pin: Secret(pin.pin), prompt: words.setPin)
            try recovery.show(key, isFirst: true)
            made?(try await session.present())
        }
    }
}
