import Foundation

/// The asset catalogue's colours as they are: on a Mac Xcode compiles them.
struct Colors {
    /// Name, then `#rrggbb`.
    let named: [String: String]

    init(night: Bool) throws {
        struct Set: Decodable { let colors: [Entry] }
        struct Entry: Decodable { let color: Color; let appearances: [Appearance]? }
        struct Appearance: Decodable { let value: String }
        struct Color: Decodable { let components: [String: String] }
        let folder = AppFiles.app.appendingPathComponent("Assets.xcassets")
        var found: [String: String] = [:]
        for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) where file.hasSuffix(".colorset") {
            let data = try Data(contentsOf: folder.appendingPathComponent(file + "/Contents.json"))
            let entry = try JSONDecoder().decode(Set.self, from: data).colors.first { ($0.appearances?.first?.value == "dark") == night }
            let parts = entry!.color.components
            found[String(file.dropLast(9))] = "#" + ["red", "green", "blue"].map { String(parts[$0]!.dropFirst(2)) }.joined()
        }
        named = found
    }

    /// As WCAG 2.2 computes it.
    func contrast(_ one: String, _ other: String) -> Double {
        let (a, b) = (luminance(one), luminance(other))
        return (max(a, b) + 0.05) / (min(a, b) + 0.05)
    }

    private func luminance(_ name: String) -> Double {
        let value = Int(named[name]!.dropFirst(), radix: 16)!
        let parts = [value >> 16, value >> 8 & 255, value & 255].map { part -> Double in
            let light = Double(part) / 255
            return light <= 0.03928 ? light / 12.92 : pow((light + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }
}
