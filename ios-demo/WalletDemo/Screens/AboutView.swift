import SwiftUI

struct AboutView: View {
    @Environment(Model.self) private var model

    /// What is inside, by name and licence.
    private static let inside = [
        ("wallet-core", "Apache-2.0 / MIT"), ("Swift", "Apache-2.0"), ("UniFFI", "MPL-2.0"), ("SQLite", "Public Domain"),
        ("RustCrypto, rusqlite, serde, futures", "Apache-2.0 / MIT"),
    ]

    var body: some View {
        Page(Text("settings_about"), back: { model.navigator.back() }) {
            Text("settings_about_text").foregroundStyle(Palette.ink)
            if let version = Bundle.main.object(forInfoDictionaryKey: "CFBundleShortVersionString") as? String {
                Note(words: Text("about_version \(version)"))
            }
            Heading(words: Text("about_inside"))
            ForEach(Self.inside, id: \.0) { name, licence in
                Card(spacing: Space.tiny) {
                    Text(verbatim: name).font(.headline).foregroundStyle(Palette.ink)
                    Note(words: Text(verbatim: licence))
                }
                .accessibilityElement(children: .combine)
            }
        }
    }
}
