import WalletCore

/// A recovery key on the screen: its groups while they are shown, and the two that are asked for again.
struct RecoveryGroups {
    let groups: [String]

    /// From 0, in their order.
    let asked: [Int]

    init(_ key: RecoveryKey) throws {
        let bytes = try key.reveal()
        groups = String(decoding: bytes, as: UTF8.self).split(separator: "-").map(String.init)
        bytes.wipe()
        asked = groups.indices.shuffled().prefix(2).sorted()
    }

    /// Which of the asked groups were typed wrongly, forgiving case and spaces.
    func wrong(_ typed: [String]) -> Set<Int> {
        Set(zip(asked, typed).filter { group, text in
            text.filter { !$0.isWhitespace }.uppercased() != groups[group]
        }.map(\.0))
    }
}
