import SwiftUI
import WalletCore

/// Who somebody is, and how that is known.
struct PartyView: View {
    let party: Party

    var body: some View {
        switch party.verification {
        case .trustList(let side, _): notice(.trusted, Text("party_on_list \(side.words)"))
        case .unverified: notice(.warning, Text("party_unverified"))
        }
    }

    private func notice(_ tone: Tone, _ known: Text) -> Notice {
        Notice(tone: tone, heading: Text(verbatim: party.name), about: known, more: host.map { Text("party_address \($0)") })
    }

    /// The part of an identifier that says something to a person: the host, where it has one.
    private var host: String? {
        for prefix in ["https://", "x509_san_dns:"] where party.identifier.hasPrefix(prefix) {
            return party.identifier.dropFirst(prefix.count).split(separator: "/").first.map(String.init)
        }
        return nil
    }
}
