/// A recovery key as somebody typed or pasted it: in one piece or in groups, with spaces, hyphens, line breaks or the
/// numbers of a list. What is certainly wrong is said of each group; a slip that leaves a possible key is found by the core.
struct TypedKey {
    /// What is wrong; groups are counted from 1.
    enum Slip: Hashable {
        case character(group: Int, Character)
        case length(group: Int, characters: Int)
        case count(groups: Int)
    }

    private static let groupCount = 7
    private static let groupLength = 4

    /// Those of the key, and the letters that are easily taken for one of them.
    private static let characters = Set("0123456789ABCDEFGHJKMNPQRSTVWXYZ" + "OIL")

    private let groups: [String]

    init(_ typed: String) {
        groups = Self.split(typed)
    }

    /// For the wallet.
    var joined: String { groups.joined() }

    /// What is wrong, from the first group on; nothing when only the wallet can tell.
    var slips: [Slip] {
        let within = groups.enumerated().flatMap { Self.slips(of: $1, group: $0 + 1) }
        return groups.count == Self.groupCount ? within : within + [.count(groups: groups.count)]
    }

    private static func slips(of text: String, group: Int) -> [Slip] {
        var strange: [Slip] = []
        for character in text where !characters.contains(where: { String($0) == character.uppercased() }) {
            let slip = Slip.character(group: group, character)
            if !strange.contains(slip) { strange.append(slip) }
        }
        return text.count == groupLength ? strange : strange + [.length(group: group, characters: text.count)]
    }

    private static func split(_ typed: String) -> [String] {
        // “\r\n” is one character.
        let parts = typed.split { $0.isWhitespace || "-\u{2013}.):".contains($0) }.map(String.init)
        // “1. 7NTF”: a single digit before a group is its number in a list.
        let isNumbered = parts.count == 2 * groupCount
            && stride(from: 0, to: parts.count, by: 2).allSatisfy { parts[$0] == "\($0 / 2 + 1)" }
        let groups = isNumbered ? stride(from: 1, to: parts.count, by: 2).map { parts[$0] } : parts
        // Without anything between the groups, or with it at other places, it is cut where the groups end.
        return groups.count == groupCount ? groups : pieces(Array(groups.joined()))
    }

    private static func pieces(_ characters: [Character]) -> [String] {
        stride(from: 0, to: characters.count, by: groupLength).map {
            String(characters[$0..<min($0 + groupLength, characters.count)])
        }
    }
}
