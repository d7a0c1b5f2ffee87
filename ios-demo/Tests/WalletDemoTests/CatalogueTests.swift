import Foundation
#if canImport(FoundationXML)
    import FoundationXML
#endif
@_spi(Host) import SwiftUI
import Testing

/// The app's own words: complete in both languages, the same as Android's, and all of them used.
@Suite struct CatalogueTests {
    /// What only an iPhone says.
    private static let onlyHere: Set<String> = [
        "screen_captured", "screen_captured_about", "start_impossible", "copy_value", "copied",
        "website_title", "website_unchecked", "website_unknown", "website_cannot", "website_cannot_about",
    ]

    private let entries = AppFiles.catalog.entries

    /// A key without the places that Swift's interpolation adds to it.
    private func name(_ key: String) -> String { String(key.split(separator: " ")[0]) }

    private func places(_ text: String) -> [String] {
        text.matches(of: /%(\d\$)?(lld|@)/).map { String($0.output.2) }.sorted()
    }

    @Test func bothLanguagesHaveAllWordsWithTheSamePlaces() throws {
        for (key, languages) in entries {
            #expect(Set(languages.keys) == ["en", "fr"], "\(key)")
            let (english, french) = (try #require(languages["en"]), try #require(languages["fr"]))
            // French has a form of its own for a million and its like.
            #expect(english.count == 1 ? french.count == 1 : Set(french.keys) == ["one", "many", "other"], "\(key)")
            for text in english.values.map({ $0 }) + french.values { #expect(places(text) == places(key), "\(key): \(text)") }
        }
    }

    @Test func frenchHasItsOwnWordsAndItsOwnSpaces() throws {
        let same: Set<String> = ["side_ca", "document", "tx_code", "history_shared", "minutes", "checkup_documents"]
        for (key, languages) in entries {
            for text in languages["fr"]!.values {
                if !same.contains(name(key)) { #expect(text != languages["en"]!["other"], "\(key)") }
                #expect(text.firstMatch(of: /[^\u{202f}\u{a0}][?;!»]|[^\u{a0}]:(?!\/)|«[^\u{a0}]/) == nil, "\(key): \(text)")
            }
        }
    }

    @Test func theWordsAreThoseOfAndroid() throws {
        let android = try ["en": AndroidWords("values"), "fr": AndroidWords("values-fr")]
        for (key, languages) in entries {
            for (language, forms) in languages {
                guard let theirs = android[language]!.forms[name(key)] else {
                    #expect(Self.onlyHere.contains(name(key)), "Android has no \(name(key))")
                    continue
                }
                #expect(forms == theirs, "\(language): \(key)")
            }
        }
    }

    @Test func noTextIsLeftOver() throws {
        let files = FileManager.default.enumerator(at: AppFiles.app, includingPropertiesForKeys: nil)!
        let sources = try files.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
            .map { try String(contentsOf: $0, encoding: .utf8) }.joined()
        for key in entries.keys {
            #expect(sources.contains("\"\(name(key))\"") || sources.contains("\"\(name(key)) "), "nobody says \(key)")
        }
    }
}

/// `strings.xml` in the placeholders of Apple's platforms.
private final class AndroidWords: NSObject, XMLParserDelegate {
    private(set) var forms: [String: [String: String]] = [:]
    private var (name, quantity, text) = ("", "other", "")

    init(_ folder: String) throws {
        super.init()
        let file = AppFiles.root.appendingPathComponent("../android-demo/src/main/res/\(folder)/strings.xml")
        let parser = XMLParser(data: try Data(contentsOf: file))
        parser.delegate = self
        #expect(parser.parse() && !forms.isEmpty)
    }

    func parser(_: XMLParser, didStartElement element: String, namespaceURI: String?, qualifiedName: String?, attributes: [String: String]) {
        text = ""
        if element == "string" || element == "plurals" { (name, quantity) = (attributes["name"]!, "other") }
        if element == "item" { quantity = attributes["quantity"]! }
    }

    func parser(_: XMLParser, foundCharacters characters: String) { text += characters }

    func parser(_: XMLParser, didEndElement element: String, namespaceURI: String?, qualifiedName: String?) {
        guard element == "string" || element == "item" else { return }
        forms[name, default: [:]][quantity] = text
            .replacingOccurrences(of: "\\'", with: "'")
            .replacing(/%(\d\$)?s/) { "%\($0.output.1 ?? "")@" }
            .replacing(/%(\d\$)?d/) { "%\($0.output.1 ?? "")lld" }
    }
}
