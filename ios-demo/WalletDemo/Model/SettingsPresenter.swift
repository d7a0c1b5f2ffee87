import Observation
import WalletCore

/// What the citizen can set.
@MainActor @Observable final class SettingsPresenter {
    let work = Work()

    /// Whom the wallet trusts, with the age of each list.
    private(set) var authorities: [TrustedAuthority] = []
    private(set) var refused: TypedTwice.Refused?
    /// Whether the phone's biometrics open the wallet.
    private(set) var opensByBiometrics = false

    @ObservationIgnored private let session: Session
    @ObservationIgnored private let navigator: Navigator
    @ObservationIgnored private let words: any Words

    init(session: Session, navigator: Navigator, words: any Words) {
        (self.session, self.navigator, self.words) = (session, navigator, words)
    }

    func open() async {
        work.clear()
        navigator.push(.settings)
        await work.run {
            let wallet = try await session.present()
            authorities = try await wallet.trustedAuthorities()
            opensByBiometrics = try await wallet.guards().contains(.biometrics)
        }
    }

    func startPinChange() {
        work.clear()
        refused = nil
        navigator.push(.changePin)
    }

    func changePin(old: String, new: TypedTwice) async {
        refused = new.refused
        guard refused == nil else { return }
        await work.run {
            try await session.present().setGuard(.pin(Secret(new.text)), authority: .pin(Secret(old)), prompt: words.setPin)
            navigator.back()
        }
    }

    func startBiometrics() {
        work.clear()
        navigator.push(.offerBiometrics)
    }

    /// From now on the phone's biometrics open the wallet, or do no more. The PIN says that it is the citizen who asks.
    func setBiometrics(_ on: Bool, pin: String) async {
        await work.run {
            let wallet = try await session.present()
            if on {
                try await wallet.setGuard(.biometrics, authority: .pin(Secret(pin)), prompt: words.useBiometrics)
            } else {
                try await wallet.removeGuard(.biometrics, authority: .pin(Secret(pin)), prompt: words.useBiometrics)
            }
            opensByBiometrics = on
            navigator.back()
        }
    }

    /// At once, whatever else is under way. A wallet that cannot be had is not open.
    func lock() async {
        try? await session.present().lock()
    }
}
