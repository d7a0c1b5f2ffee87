import Foundation
import WalletCore

extension Registration {
    /// What is believed of it; nothing of one that did not pass.
    var details: RegistrationDetails? {
        if case .valid(let details) = self { details } else { nil }
    }
}

extension RegistrationDetails {
    /// Who hears complaints, and how to reach them.
    var authority: String {
        guard let authority = supervisoryAuthority else { return "" }
        return [authority.name, authority.email, authority.phone].compactMap { $0 }.joined(separator: ", ")
    }

    /// Whether it says nothing of where to turn to.
    var isSilent: Bool {
        privacyPolicy == nil && supportUri == nil && supervisoryAuthority?.uri == nil && authority.isEmpty
    }
}

extension Locale {
    /// Of a text in several languages, the one to show.
    func best(_ texts: [Localized]) -> String? {
        (try? localizedText(texts: texts, locale: identifier(.bcp47))).flatMap { $0 }
    }
}
