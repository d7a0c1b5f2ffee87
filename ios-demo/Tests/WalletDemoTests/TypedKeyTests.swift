import Testing
@testable import WalletDemo

/// A recovery key as people type it.
@Suite struct TypedKeyTests {
    private static let key = "AC5P0W900JZZKHRXSHEYZF65RKK2"
    private static let groups = stride(from: 0, to: 28, by: 4).map { String(Array(key)[$0..<$0 + 4]) }
    private static let pairs = stride(from: 0, to: 28, by: 2).map { String(Array(key)[$0..<$0 + 2]) }

    private static let ways = [
        key, groups.joined(separator: "-"), groups.joined(separator: "  "), groups.joined(separator: "\r\n"),
        groups.joined(separator: " \u{2013} "), pairs.joined(separator: " "),
        groups.enumerated().map { "\($0 + 1).\u{a0}\($1)" }.joined(separator: "\n"),
        groups.enumerated().map { "\($0 + 1)) \($1)" }.joined(separator: " "), "\n \(key) \n",
    ]

    @Test(arguments: ways) func spacesHyphensLinesAndNumbersDoNotMatter(_ typed: String) {
        #expect(TypedKey(typed).slips == [])
        #expect(TypedKey(typed).joined == Self.key)
    }

    @Test func smallLettersAndThoseThatLookLikeDigitsAreLeftToTheWallet() {
        #expect(TypedKey(Self.key.lowercased()).slips == [])
        #expect(TypedKey("OILO-" + Self.groups.dropFirst().joined(separator: "-")).slips == [])
    }

    @Test func whatIsWrongIsSaidOfTheGroupThatItIsIn() {
        #expect(TypedKey("AC5P 0W9 0JZZ KHRX SHEY ZF65 RKK2").slips == [.length(group: 2, characters: 3)])
        #expect(TypedKey("AC5P 0W90 0JZZ KHRX SHEY ZF65 R?K2").slips == [.character(group: 7, "?")])
        #expect(TypedKey("uc5u-0W90-0JZZ-KHRX-SHEY-ZF65-RKK2").slips == [.character(group: 1, "u")])
        #expect(TypedKey("AC5P 0W90 0JZZ KHRX SHEY ZF65").slips == [.count(groups: 6)])
        #expect(TypedKey(" \n").slips == [.count(groups: 0)])
    }
}
