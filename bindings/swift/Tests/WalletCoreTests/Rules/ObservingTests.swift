import Foundation
import Testing
import WalletCore
import WalletCoreTesting

@Suite struct ObservingTests {
    @Test func theListFollowsTheWallet() async throws {
        let wallet = try await TestWallet.make()
        var lists = wallet.credentialLists().makeAsyncIterator()
        #expect(try await lists.next()??.entries.count == 0)
        try await TestWallet.receive(wallet, Pilot.shared.issuer(.ca).offer)
        #expect(try await lists.next()??.entries.count == 2)
        let id = try #require(try await wallet.credentials().entries.first?.id)
        try await wallet.delete(id)
        #expect(try await lists.next()??.entries.count == 1)
        try wallet.lock()
        let locked = try #require(try await lists.next())
        #expect(locked == nil, "while it is locked there is no list")
        try await wallet.unlock(with: .passphrase(TestWallet.passphrase), prompt: "")
        #expect(try await lists.next()??.entries.count == 1)
        try await wallet.close()
        var last = try await lists.next()
        while last != nil { last = try await lists.next() }
    }

    @Test func theHistoryFollowsTheWallet() async throws {
        let wallet = try await TestWallet.stocked()
        var histories = wallet.histories().makeAsyncIterator()
        let before = try #require(try await histories.next()??.entries.count)
        try await wallet.decline(Pilot.shared.verifier(.eu).ask("portrait").uri, from: .scan)
        var after = try await histories.next()??.entries
        while after?.last?.outcome != .sent(status: 200) { after = try await histories.next()??.entries }
        #expect(after?.count == before + 1)
    }

    @Test func lockStatesAreTold() async throws {
        let wallet = try await TestWallet.stocked()
        var states = wallet.lockStates().makeAsyncIterator()
        #expect(try await states.next() == true)
        try wallet.lock()
        #expect(try await states.next() == false)
        try await wallet.unlock(with: .passphrase(TestWallet.passphrase), prompt: "")
        #expect(try await states.next() == true)
    }

    @Test func manyChangesAreOneElement() async throws {
        let wallet = try await TestWallet.stocked()
        var changes = wallet.changes(of: .credentialsChanged).makeAsyncIterator()
        for entry in try await wallet.credentials().entries { try await wallet.delete(entry.id) }
        #expect(await changes.next() != nil)
        try await wallet.close()
        #expect(await changes.next() == nil)
    }

    @Test func theAppsOwnListenerHearsToo() async throws {
        let listener = Listener()
        let wallet = try await TestWallet.stocked(events: listener)
        try wallet.lock()
        #expect(listener.heard.contains(.locked))
    }

    private final class Listener: WalletEvents, @unchecked Sendable {
        private let lock = NSLock()
        private var events: [WalletEvent] = []
        var heard: [WalletEvent] { lock.withLock { events } }
        func happened(event: WalletEvent) throws { lock.withLock { events.append(event) } }
    }
}
