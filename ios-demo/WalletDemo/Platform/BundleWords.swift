import Foundation

/// The app's words in the language of this moment, where no view looks them up: SwiftUI does not choose the language there.
struct BundleWords: Words {
    let preferences: Preferences
    let bundle: Bundle

    func text(_ key: String, _ arguments: any CVarArg...) -> String {
        let folder = bundle.path(forResource: preferences.language, ofType: "lproj")
        let format = (folder.flatMap(Bundle.init(path:)) ?? bundle).localizedString(forKey: key, value: nil, table: nil)
        return String(format: format, locale: Locale(identifier: preferences.language), arguments: arguments)
    }
}
