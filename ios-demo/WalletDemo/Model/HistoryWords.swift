import Foundation
import WalletCore

/// What happened, in words: the same on the screen and in the file that is saved.
@MainActor struct HistoryWords {
    let words: any Words
    let locale: Locale

    /// What happened, in one line.
    func what(_ event: HistoryEvent) -> String {
        switch event {
        case .received(let issuer, _): words.text("history_received %@", issuer.shownName)
        case .notReceived(let issuer, _): words.text("history_not_received %@", issuer.shownName)
        case .sending(let verifier, _, _, _, _): words.text("history_sent_to %@", verifier.shownName)
        case .declined(let verifier, _, _): words.text("history_declined %@", verifier.shownName)
        case .refused(let verifier, _): words.text("history_refused %@", verifier.shownName)
        case .credentialDeleted(_, _, let typeId): words.text("history_deleted %@", locale.document(typeId))
        case .entriesDeleted(_, let count): words.text("history_entries_deleted %lld", Int(count))
        case .moved(let how, _, _):
            switch how {
            case .backedUp: words.text("history_backed_up")
            case .restored: words.text("history_restored")
            case .migrationExported: words.text("history_moved_out")
            case .migrationImported: words.text("history_moved_in")
            }
        case .outcome(_, let outcome): self.outcome(outcome)
        }
    }

    /// What another wallet wrote down, in one line.
    func what(_ past: PastTransaction) -> String {
        switch past.kind {
        case .presentation: words.text("history_sent_to %@", past.party)
        case .credentialIssuance, .credentialReissuance: words.text("history_received %@", past.party)
        default: words.text("history_past_other %@", past.party)
        }
    }

    func outcome(_ outcome: Outcome?) -> String {
        switch outcome {
        case .sent: words.text("outcome_sent")
        case .refused: words.text("outcome_refused")
        case .notSent: words.text("outcome_not_sent")
        case .unknown, nil: words.text("outcome_unknown")
        }
    }

    /// All that the wallet remembers of an entry, but for what its first line says.
    func about(_ logged: LoggedEntry) -> [String] {
        [locale.moment(logged.entry.at)] + more(logged)
    }

    private func more(_ logged: LoggedEntry) -> [String] {
        switch logged.entry.event {
        case .received(_, let credentials): distinct(credentials.map { locale.document($0.typeId) })
        case .sending(_, let asked, let shared, let isEncrypted, let registration):
            registered(registration) + self.asked(asked) + [words.text("history_shared_heading")] + documents(shared) + [outcome(logged.outcome)]
                + [words.text(isEncrypted ? "history_encrypted" : "history_not_encrypted")]
        case .declined(_, let asked, let registration): registered(registration) + self.asked(asked)
        case .refused(_, let code): [number(code)]
        case .notReceived(_, let code): code.map { [number($0)] } ?? []
        default: []
        }
    }

    private func number(_ code: UInt16) -> String {
        let known = (try? codeNumbered(number: code)).flatMap { $0 }.flatMap { try? codeDetails(code: $0).printed }
        return words.text("problem_number %@", known ?? "WC-\(code)")
    }

    private func asked(_ asked: [Asked]) -> [String] {
        distinct(asked.map { one in
            let claims = one.claims.map { label($0, of: one.types.first ?? "") }.joined(separator: ", ")
            return words.text(one.beyondRegistration ? "history_asked_more %@" : "history_asked %@", claims)
        })
    }

    /// What they were registered for.
    private func registered(_ registration: Registration?) -> [String] {
        switch registration {
        case nil: []
        case .invalid(let code): [words.text("share_unconfirmed"), number(code)]
        case .valid(let details):
            [
                locale.best(details.purposes).map { words.text("history_what_for %@", $0) },
                words.text("share_registered_with %@", [details.registrar, details.registryUri].compactMap { $0 }.joined(separator: ", ")),
                details.privacyPolicy.map { words.text("share_privacy") + "\n" + $0 },
                details.supportUri.map { words.text("share_support") + "\n" + $0 },
                details.supervisoryAuthority?.uri.map { words.text("share_complain") + "\n" + $0 },
                details.authority.isEmpty ? nil : words.text("share_complain_to %@", details.authority),
            ].compactMap { $0 }
        }
    }

    private func label(_ path: String, of typeId: String) -> String {
        // Which elements of a list were meant is not part of what it is called.
        let keys = path.replacing(/\[[^\]]*\]/, with: "").split(separator: "/")
        return locale.claim(keys.map { .key(String($0)) }, of: typeId)
    }

    private func documents(_ shared: [Disclosed]) -> [String] {
        distinct(shared.map {
            words.text("history_shared %@ %@", locale.document($0.typeId), locale.claims($0.claims, of: $0.typeId))
        })
    }

    /// One document comes in several formats.
    private func distinct(_ lines: [String]) -> [String] {
        lines.enumerated().filter { lines.firstIndex(of: $1) == $0 }.map(\.element)
    }

    /// Entries as a text to take along.
    func text(_ entries: [LoggedEntry]) -> String {
        entries.map { ([what($0.entry.event)] + about($0)).joined(separator: "\r\n") }.joined(separator: "\r\n\r\n") + "\r\n"
    }
}
