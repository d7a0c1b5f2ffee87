/// Key and arguments, as SwiftUI makes them: `"hi \(name)"` is the key `hi %@`.
public struct LocalizedStringKey: Equatable, ExpressibleByStringInterpolation, Sendable {
    let key: String, args: [Argument]
    enum Argument: Equatable, Sendable { case text(String), number(String), words(Text) }
    public init(_ value: String) { (key, args) = (value, []) }
    public init(stringLiteral value: String) { self.init(value) }
    public init(stringInterpolation i: StringInterpolation) { (key, args) = (i.key, i.args) }
    public struct StringInterpolation: StringInterpolationProtocol {
        var key = "", args: [Argument] = []
        public init(literalCapacity: Int, interpolationCount: Int) {}
        public mutating func appendLiteral(_ literal: String) { key += literal.replacingOccurrences(of: "%", with: "%%") }
        public mutating func appendInterpolation(_ string: String) { key += "%@"; args.append(.text(string)) }
        public mutating func appendInterpolation(_ text: Text) { key += "%@"; args.append(.words(text)) }
        public mutating func appendInterpolation(_ value: Int) { key += "%lld"; args.append(.number("\(value)")) }
        public mutating func appendInterpolation(_ value: UInt32) { key += "%u"; args.append(.number("\(value)")) }
        public mutating func appendInterpolation(_ value: UInt64) { key += "%llu"; args.append(.number("\(value)")) }
        public mutating func appendInterpolation(_ value: Double) { key += "%lf"; args.append(.number("\(value)")) }
    }
}

/// The app's `Localizable.xcstrings`, read as the JSON that it is.
@_spi(Host) public struct StringCatalog: Sendable {
    public let source: String
    /// key, then language, then plural category ("other" where there are none)
    public let entries: [String: [String: [String: String]]]
    public init(_ url: URL) throws { try self.init(data: Data(contentsOf: url)) }
    public init(data: Data) throws {
        struct File: Decodable { let sourceLanguage: String; let strings: [String: Entry] }
        struct Entry: Decodable { let localizations: [String: Unit]? }
        struct Unit: Decodable { let stringUnit: Value?; let variations: [String: [String: Unit]]? }
        struct Value: Decodable { let value: String }
        let file = try JSONDecoder().decode(File.self, from: data)
        source = file.sourceLanguage
        entries = file.strings.mapValues { entry in
            (entry.localizations ?? [:]).mapValues { unit in
                if let value = unit.stringUnit?.value { return ["other": value] }
                return (unit.variations?["plural"] ?? [:]).compactMapValues { $0.stringUnit?.value }
            }
        }
    }
    public func text(_ key: String, _ language: String, _ n: Double? = nil) -> String? {
        guard let forms = entries[key]?[language] else { return nil }
        // English: one is exactly 1. French: 0 and 1 are "one".
        let one = n.map { language == "fr" ? $0 < 2 : $0 == 1 } ?? false
        return (one ? forms["one"] : nil) ?? forms["other"]
    }
}

extension LocalizedStringKey {
    @MainActor func text(_ c: Context) -> String {
        let language = c.env.locale.language.languageCode?.identifier ?? "en"
        c.host.keys.insert(key)
        let number = args.lazy.compactMap { if case .number(let n) = $0 { Double(n) } else { nil } }.first
        guard let format = c.host.catalog?.text(key, language, number) else {
            c.host.missing.insert("\(language): \(key)")
            return fill(key, c)
        }
        return fill(format, c)
    }
    /// printf-like: %@, %lld, %1$@ and %%.
    @MainActor func fill(_ format: String, _ c: Context) -> String {
        var out = "", next = 0, rest = Substring(format)
        while let at = rest.firstIndex(of: "%") {
            out += rest[..<at]
            rest = rest[at...].dropFirst()
            if rest.first == "%" { out += "%"; rest = rest.dropFirst(); continue }
            var index = next
            if let dollar = rest.firstIndex(of: "$"), let n = Int(rest[..<dollar]) { index = n - 1; rest = rest[dollar...].dropFirst() } else { next += 1 }
            while let ch = rest.first { rest = rest.dropFirst(); if "@dufs".contains(ch) { break } }
            switch args.indices.contains(index) ? args[index] : .text("?") {
            case .text(let s), .number(let s): out += s
            case .words(let text): out += text.string(c)
            }
        }
        return out + rest
    }
}

public struct Text: _Primitive, Resolvable, Equatable, @unchecked Sendable {
    indirect enum Content: Equatable, @unchecked Sendable { case verbatim(String), key(LocalizedStringKey), sum(Text, Text), date(Date, DateStyle) }
    public struct DateStyle: Equatable, Sendable { let name: String; public static let date = DateStyle(name: "date"), time = DateStyle(name: "time"), relative = DateStyle(name: "relative") }
    nonisolated let content: Content
    var styles: [String: String] = [:]
    public nonisolated init(verbatim content: String) { self.content = .verbatim(content) }
    @_disfavoredOverload public nonisolated init<S: StringProtocol>(_ content: S) { self.content = .verbatim(String(content)) }
    public nonisolated init(_ key: LocalizedStringKey, tableName: String? = nil, bundle: Bundle? = nil, comment: StaticString? = nil) { content = .key(key) }
    public nonisolated init(_ date: Date, style: DateStyle) { content = .date(date, style) }
    nonisolated init(_ a: Text, _ b: Text) { content = .sum(a, b) }
    public static nonisolated func + (a: Text, b: Text) -> Text { Text(a, b) }
    public static nonisolated func == (a: Text, b: Text) -> Bool { a.content == b.content }
    func string(_ c: Context) -> String {
        switch content {
        case .verbatim(let s): s
        case .key(let k): k.text(c)
        case .sum(let a, let b): a.string(c) + b.string(c)
        case .date(let d, _): d.formatted(.iso8601)
        }
    }
    func nodes(_ c: Context) -> [Node] {
        let n = Node("text", c)
        n.text = string(c)
        n.styles.merge(styles) { $1 }
        return [n]
    }
    func with(_ k: String, _ v: String = "") -> Text { var t = self; t.styles[k] = v; return t }
    public func font(_ font: Font?) -> Text {
        let sized = with("font", font?.name ?? "body")
        return font?.isMonospaced == true ? sized.with("mono") : sized
    }
    public func fontWeight(_ weight: Font.Weight?) -> Text { with("weight", weight?.name ?? "regular") }
    public func bold() -> Text { with("weight", "bold") }
    public func italic() -> Text { with("italic") }
    public func monospacedDigit() -> Text { with("mono") }
    public func foregroundStyle<S: ShapeStyle>(_ style: S) -> Text { with("color", style.cssName) }
}
