import SwiftUI
import WalletCore

struct DocumentsView: View {
    @Environment(Model.self) private var model
    @Environment(\.locale) private var locale

    var body: some View {
        let list = model.documents.credentials
        Page(Text("documents_title"), isBusy: list == nil || model.links.work.isBusy) {
            Problem(model.links.work.failure)
            Problem(model.documents.failure)
            if let list {
                if list.entries.isEmpty { Text("documents_none").foregroundStyle(Palette.ink) }
                ForEach(list.entries, id: \.id) { entry in
                    Button {
                        Task { await model.documents.open(entry.id) }
                    } label: {
                        DocumentCard(entry: entry)
                    }
                    .buttonStyle(.plain)
                }
                if !list.damaged.isEmpty {
                    Notice(
                        tone: .danger, heading: Text("documents_damaged \(list.damaged.count)"),
                        about: Text("documents_damaged_about"))
                }
            }
        } foot: {
            WideButton("add_title") { model.navigator.push(.add) }
            Both {
                WideButton("history_title", .quiet) { model.navigator.push(.history) }
            } or: {
                WideButton("settings_title", .quiet) { await model.settings.open() }
            }
        }
    }
}

private struct DocumentCard: View {
    let entry: CredentialEntry
    @Environment(\.locale) private var locale

    var body: some View {
        Card {
            Text(verbatim: locale.name(entry.names, typeId: entry.typeId)).font(.headline).foregroundStyle(Palette.ink)
            Text(verbatim: entry.issuer.name).foregroundStyle(Palette.ink)
            DocumentFacts(entry: entry)
        }
    }
}

/// What is worth knowing of a document at a glance.
struct DocumentFacts: View {
    let entry: CredentialEntry
    @Environment(\.locale) private var locale

    var body: some View {
        if case .trustList(let side, _) = entry.issuer.verification { Note(words: side.words) }
        if let until = entry.validUntil { Note(words: Text("valid_until \(locale.day(until))")) }
        if entry.needsReissue {
            Note(words: Text("needs_reissue"))
        } else {
            Note(words: Text("copies_left \(Int(entry.freshCopies))"))
        }
    }
}
