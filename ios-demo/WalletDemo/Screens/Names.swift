import SwiftUI
import WalletCore

/// Names, days and sides as they are shown; labels come from the core.
extension Locale {
    /// What the core's labels are asked for in.
    var tag: String { identifier(.bcp47) }

    /// The text in this language, as far as there is one.
    func own(_ texts: [Localized]) -> String? {
        texts.first { $0.locale.split(separator: "-").first.map(String.init) == language.languageCode?.identifier }?.text
    }

    /// The name in the citizen's language, as far as there is one; else what the core calls it.
    func name(_ names: [Localized], typeId: String) -> String {
        own(names) ?? document(typeId)
    }

    func document(_ typeId: String) -> String {
        (try? credentialLabel(typeId: typeId, locale: tag)) ?? typeId
    }

    func claim(_ location: ClaimLocation, of typeId: String) -> String {
        (try? claimLabel(typeId: typeId, location: location, locale: tag)) ?? ""
    }

    func claims(_ locations: [ClaimLocation], of typeId: String) -> String {
        locations.map { claim($0, of: typeId) }.joined(separator: ", ")
    }

    /// A day, from seconds since 1970.
    func day(_ seconds: Int64) -> String {
        formatted(seconds, Date.FormatStyle(date: .long, time: .omitted))
    }

    func moment(_ seconds: Int64) -> String {
        formatted(seconds, Date.FormatStyle(date: .abbreviated, time: .shortened))
    }

    func time(_ seconds: Int64) -> String {
        formatted(seconds, Date.FormatStyle(date: .omitted, time: .standard))
    }

    private func formatted(_ seconds: Int64, _ style: Date.FormatStyle) -> String {
        Date(timeIntervalSince1970: TimeInterval(seconds)).formatted(style.locale(self))
    }
}

extension Side {
    var words: Text { Text(self == .eu ? "side_eu" : "side_ca") }
}

extension Format {
    var words: Text { Text(self == .msoMdoc ? "format_mdoc" : "format_sd_jwt") }
}
