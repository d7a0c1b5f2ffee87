import Foundation

/// The sentences of the phone's dialogs, in the language of this moment: these are no views, so that SwiftUI does not
/// choose the language.
struct BundleWords: Words {
    let preferences: Preferences
    let bundle: Bundle

    var setPin: String { text("prompt_set_pin") }
    var unlock: String { text("prompt_unlock") }
    var receive: String { text("prompt_receive") }
    var useBiometrics: String { text("prompt_use_biometrics") }
    func share(with verifier: String) -> String { String(format: text("prompt_share %@"), verifier) }

    private func text(_ key: String) -> String {
        let folder = bundle.path(forResource: preferences.language, ofType: "lproj")
        return (folder.flatMap(Bundle.init(path:)) ?? bundle).localizedString(forKey: key, value: nil, table: nil)
    }
}
