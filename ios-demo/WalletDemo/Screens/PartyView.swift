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
        Notice(
            tone: tone, heading: Text(verbatim: party.shownName), about: known,
            more: party.host.map { Text("party_address \($0)") })
    }
}
