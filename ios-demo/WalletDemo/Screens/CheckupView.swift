import SwiftUI
import WalletCore

/// What is damaged, and what to do about each kind of it.
struct CheckupView: View {
    @Environment(Model.self) private var model

    var body: some View {
        let recovery = model.recovery
        Page(Text("checkup_title"), back: { model.navigator.back() }, isBusy: recovery.work.isBusy) {
            Problem(recovery.work.failure)
            if let found = recovery.checkup {
                if found.isWhole { Notice(tone: .trusted, heading: Text("checkup_whole")) }
                ForEach(Kind.allCases, id: \.self) { kind in
                    let count = found.damaged.count { Kind($0.part) == kind }
                    if count > 0 {
                        Notice(tone: .danger, heading: Text(kind.words.name), about: Text(kind.words.next), more: Text("documents_damaged \(count)"))
                    }
                }
                Note(words: Text("checkup_whole_entries \(Int(found.whole))"))
            }
        }
    }

    /// What a damaged part is to a citizen.
    enum Kind: CaseIterable {
        case documents, history, trust, wayIn, waiting, storage

        init(_ part: Part) {
            self = switch part {
            case .credential, .copy, .key, .summary: .documents
            case .history, .refusals, .imported: .history
            case .anchor: .trust
            case .guard: .wayIn
            case .pending, .reissue: .waiting
            case .file, .manifest: .storage
            }
        }

        /// What it is called, and the next step.
        var words: (name: LocalizedStringKey, next: LocalizedStringKey) {
            switch self {
            case .documents: ("checkup_documents", "documents_damaged_about")
            case .history: ("checkup_history", "checkup_history_about")
            case .trust: ("checkup_trust", "checkup_trust_about")
            case .wayIn: ("checkup_guard", "checkup_guard_about")
            case .waiting: ("checkup_waiting", "checkup_waiting_about")
            case .storage: ("checkup_file", "checkup_file_about")
            }
        }
    }
}
