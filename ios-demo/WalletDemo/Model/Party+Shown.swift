import WalletCore

extension Party {
    /// The name, or where somebody without one is to be reached: a line that says who it is is never empty.
    var shownName: String {
        name.isEmpty ? host ?? identifier : name
    }

    /// The part of the identifier that says something to a person: the host, where it has one.
    var host: String? { Self.host(of: identifier) }

    static func host(of identifier: String) -> String? {
        for prefix in ["https://", "redirect_uri:https://", "x509_san_dns:"] where identifier.hasPrefix(prefix) {
            return identifier.dropFirst(prefix.count).split(separator: "/").first.map(String.init)
        }
        return nil
    }
}
