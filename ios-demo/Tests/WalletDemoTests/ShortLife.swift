import Foundation
import Loopback
@_spi(Phone) import Security
import Testing
import WalletCore
@_spi(Host) import SwiftUI
@testable import WalletDemo

/// A life of the app in a process of its own. It goes to one moment, says what would be kept of it, and waits to be killed.
///
/// The process is this test program once more: `ShortLives` is the one test that runs in it.
@MainActor struct ShortLife {
    /// How far a life gets before it is ended.
    enum Moment: String { case recoveryKey, linkWaits, offer, preview, consent, sending }

    /// All that one life leaves to the next, beside one word: the vault, the phone's keys, and whom it trusts.
    struct Belongings {
        let folder: URL
        let service: String

        var vault: URL { folder.appendingPathComponent("vault") }
        var keychain: URL { folder.appendingPathComponent("keychain.plist") }
        var trusted: URL { folder.appendingPathComponent("trust") }
    }

    /// What the system's settings keep: the word is under this name.
    nonisolated static let word = "underway"
    private nonisolated static let variable = "SHORT_LIFE"
    private nonisolated static let sign = "HERE "

    nonisolated static var isThisProcess: Bool { ProcessInfo.processInfo.environment[variable] != nil }

    /// A process that gets to this moment, and is killed. Gives the word that was kept.
    static func isKilled(at moment: Moment, _ belongings: Belongings, _ links: [String] = []) async throws -> Underway? {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
        process.arguments = ["--testing-library", "swift-testing", "--filter", "ShortLives"]
        let words = [moment.rawValue, belongings.folder.path, belongings.service] + links
        process.environment = ProcessInfo.processInfo.environment.merging([variable: words.joined(separator: "\n")]) { $1 }
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        defer { kill(process.processIdentifier, SIGKILL) }
        let said = await Task.detached { () -> String? in
            var text = ""
            while case let more = output.fileHandleForReading.availableData, !more.isEmpty {
                text += String(decoding: more, as: UTF8.self)
                let lines = text.components(separatedBy: "\n").dropLast()
                if let line = lines.first(where: { $0.hasPrefix(sign) }) { return String(line.dropFirst(sign.count)) }
            }
            Issue.record("it did not get there: \(text)")
            return nil
        }.value
        return Underway(rawValue: try #require(said))
    }

    /// Lives in this process as far as it was told to.
    static func live() async throws {
        let words = ProcessInfo.processInfo.environment[variable]!.components(separatedBy: "\n")
        let belongings = Belongings(folder: URL(fileURLWithPath: words[1]), service: words[2])
        try Security.Keychain.lasts(in: belongings.keychain)
        let citizen = try Citizen(folder: belongings.vault, service: belongings.service, trusted: TrustOnDisk(folder: belongings.trusted))
        try await go(citizen, to: #require(Moment(rawValue: words[0])), Array(words.dropFirst(3)))
        let saved = UserDefaults(suiteName: belongings.service)!
        try await citizen.waits("the word to be kept") { saved.string(forKey: Self.word) == citizen.model.underway?.rawValue }
        let word = saved.string(forKey: Self.word) ?? ""
        FileHandle.standardOutput.write(Data("\n\(sign)\(word)\n".utf8))
        try await Task.sleep(for: .seconds(3600))
    }

    private static func go(_ citizen: Citizen, to moment: Moment, _ links: [String]) async throws {
        if moment == .recoveryKey {
            try await citizen.waits(on: .begin)
            try citizen.types(Citizen.pin, into: "pin_new")
            try citizen.types(Citizen.pin, into: "pin_again")
            try await citizen.taps("begin_make")
            return try await citizen.waits(on: .showRecoveryKey)
        }
        try await citizen.begins()
        switch moment {
        case .recoveryKey: break
        case .linkWaits:
            try await citizen.locks()
            citizen.follows(links[0])
            try await citizen.waits(for: citizen.words("unlock_then_goes_on"))
        case .offer:
            citizen.follows(links[0])
            try await citizen.waits(for: citizen.words("offer_title"))
        case .preview:
            citizen.follows(links[0])
            try await citizen.taps("go_on")
            try await citizen.waits(for: citizen.words("preview_title"))
        case .consent, .sending:
            try await citizen.receives(links[0])
            try await citizen.isAsked(links[1])
            guard moment == .sending else { return }
            citizen.network.holdsAnswers(from: "/response/")
            try await citizen.taps("share_yes")
            try await citizen.waits("the answer to be on its way") { citizen.network.isHolding }
        }
    }
}

/// Whom the world outside trusts, in a folder: a file each, named after the list.
struct TrustOnDisk: Trusted {
    private static let names: [ListName: String] = [
        .tls: "tls", .euIssuers: "eu-issuers", .caIssuers: "ca-issuers", .euVerifiers: "eu-verifiers", .caVerifiers: "ca-verifiers",
        .euRegistrars: "eu-registrars",
    ]
    let folder: URL

    func lists() async throws -> [TrustedList] {
        try Self.names.compactMap { list, name in
            guard let pem = try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8) else { return nil }
            return TrustedList(list: list, pem: pem, source: "pilot")
        }
    }

    func write(_ lists: [TrustedList]) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (list, name) in Self.names {
            let pem = lists.filter { $0.list == list }.map(\.pem).joined(separator: "\n")
            try pem.write(to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
        }
    }
}

@MainActor @Suite(.enabled(if: ShortLife.isThisProcess)) struct ShortLives {
    @Test func aLifeUntilItIsEnded() async throws {
        try await ShortLife.live()
    }
}
