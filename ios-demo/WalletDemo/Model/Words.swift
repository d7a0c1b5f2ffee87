/// The sentences that the phone's dialogs show, in the citizen's language: the core hands them on.
@MainActor protocol Words {
    var setPin: String { get }
    var unlock: String { get }
    var receive: String { get }
    var useBiometrics: String { get }
    func share(with verifier: String) -> String
}
