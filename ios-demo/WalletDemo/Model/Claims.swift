import WalletCore

extension ClaimLocation {
    /// Whether a claim is about the document itself and not about its holder: it means nothing to whoever reads it.
    var isTechnical: Bool {
        if case .key(let name)? = first { Self.technical.contains(name) } else { false }
    }

    /// SD-JWT VC 2.2.2.2, but for who issued it, which says something.
    private static var technical: Set<String> { ["cnf", "exp", "iat", "nbf", "status", "vct", "vct#integrity"] }
}

extension [Claim] {
    /// As a person looks at a document: the portrait, who it is, and then the rest as it comes.
    var toBeRead: [Claim] {
        enumerated().sorted { ($0.element.place, $0.offset) < ($1.element.place, $1.offset) }.map(\.element)
    }
}

extension Claim {
    /// The names that the PID and the driving licence have for what is looked at first.
    private static var first: [String] { ["portrait", "picture", "given_name", "family_name", "birth_date", "birthdate"] }

    fileprivate var place: Int {
        guard case .key(let name)?? = try? location().last else { return Self.first.count }
        return Self.first.firstIndex(of: name) ?? Self.first.count
    }
}
