/// The app's words where no view looks them up: in the phone's dialogs, in files, and in lines that both show.
@MainActor protocol Words {
    /// The words of a key of the String Catalog, in the citizen's language.
    func text(_ key: String, _ arguments: any CVarArg...) -> String
}

/// The sentences that the phone's dialogs show: the core hands them on.
extension Words {
    var setPin: String { text("prompt_set_pin") }
    var unlock: String { text("prompt_unlock") }
    var receive: String { text("prompt_receive") }
    var useBiometrics: String { text("prompt_use_biometrics") }
    func share(with verifier: String) -> String { text("prompt_share %@", verifier) }
}
