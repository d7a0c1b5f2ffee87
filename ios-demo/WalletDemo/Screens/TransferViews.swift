import SwiftUI
import WalletCore

struct BackUpView: View {
    @Environment(Model.self) private var model

    var body: some View {
        SavingView(title: "backup_title", about: "backup_about", warning: "backup_warning") { await model.transfer.backUp($0) }
    }
}

struct MoveOutView: View {
    @Environment(Model.self) private var model

    var body: some View {
        SavingView(title: "move_out_title", about: "move_out_about", warning: "move_out_warning") { await model.transfer.moveOut($0) }
    }
}

/// A file under a passphrase that is typed twice.
private struct SavingView: View {
    let title: LocalizedStringKey
    let about: LocalizedStringKey
    let warning: LocalizedStringKey
    let save: (TypedTwice) async -> Void
    @Environment(Model.self) private var model
    @State private var passphrase = TypedTwice.passphrase

    var body: some View {
        let work = model.transfer.work
        Page(Text(title), back: { model.navigator.back() }, isBusy: work.isBusy) {
            Text(about).foregroundStyle(Palette.ink)
            Notice(tone: .warning, heading: Text(warning))
            OutcomeView(state: model.transfer.state)
            Note(words: Text("passphrase_rule"))
            Field("passphrase", .passphrase, text: $passphrase.text)
            Field("passphrase_again", .passphrase, text: $passphrase.again)
            switch model.transfer.state {
            case .refused(.tooShort): Mistake(words: Text("passphrase_too_short"))
            case .refused(.different): Mistake(words: Text("passphrase_different"))
            default: EmptyView()
            }
            Problem(work.failure)
        } foot: {
            WideButton("choose_place") {
                await save(passphrase)
                if case .saved = model.transfer.state { passphrase = TypedTwice.passphrase }
            }
            .disabled(work.isBusy)
        }
    }
}

private struct OutcomeView: View {
    let state: TransferPresenter.State
    @Environment(Model.self) private var model

    var body: some View {
        switch state {
        case .saved(let documents, let staying):
            Notice(
                tone: .trusted, heading: Text("file_saved"), about: Text("backup_done \(documents)"),
                more: staying > 0 ? Text("backup_stay \(staying)") : nil)
        case .tookOver(let documents):
            Notice(tone: .trusted, heading: Text("move_in_done \(documents)"))
            WideButton("reissue_see", .quiet) { model.navigator.push(.reissue) }
        case .refused, .nothing: EmptyView()
        }
    }
}

struct MoveInView: View {
    @Environment(Model.self) private var model
    @State private var passphrase = ""

    var body: some View {
        let work = model.transfer.work
        Page(Text("move_in_title"), back: { model.navigator.back() }, isBusy: work.isBusy) {
            Text("move_in_about").foregroundStyle(Palette.ink)
            OutcomeView(state: model.transfer.state)
            Field("passphrase", .passphrase, text: $passphrase)
            Problem(work.failure)
        } foot: {
            WideButton("choose_file") {
                await model.transfer.moveIn(passphrase)
                if case .tookOver = model.transfer.state { passphrase = "" }
            }
            .disabled(work.isBusy)
        }
    }
}

struct RestoreView: View {
    @Environment(Model.self) private var model
    @State private var passphrase = ""
    @State private var pin = TypedTwice.pin

    var body: some View {
        let transfer = model.transfer
        Page(Text("restore_title"), back: { model.navigator.back() }, isBusy: transfer.work.isBusy) {
            Text("restore_about").foregroundStyle(Palette.ink)
            Notice(tone: .plain, heading: Text("restore_other"), about: Text("restore_other_about"))
            Field("passphrase", .passphrase, text: $passphrase)
            NewPinFields(pin: $pin, refused: transfer.refused)
            Problem(transfer.work.failure)
        } foot: {
            WideButton("choose_file") { await transfer.restore(passphrase, pin: pin) }
                .disabled(transfer.work.isBusy)
        }
    }
}

/// What to ask for again. Nobody has verified what a file says of issuers: it leads nowhere by a tap.
struct ReissueView: View {
    @Environment(Model.self) private var model
    @Environment(\.locale) private var locale

    var body: some View {
        let documents = model.documents
        Page(Text("reissue_title"), back: { model.navigator.back() }, isBusy: documents.work.isBusy) {
            Problem(documents.work.failure)
            Text(documents.toReissue.isEmpty ? "reissue_none" : "reissue_about").foregroundStyle(Palette.ink)
            ForEach(documents.toReissue, id: \.id) { entry in
                let asked = entry.reissue
                Card {
                    Text(verbatim: locale.document(asked.typeId)).font(.headline).foregroundStyle(Palette.ink)
                    if !asked.issuerName.isEmpty { Text(verbatim: asked.issuerName).foregroundStyle(Palette.ink) }
                    Text("party_address \(Party.host(of: asked.issuer) ?? asked.issuer)").foregroundStyle(Palette.ink)
                    Note(words: Text(why(asked.reason)))
                    Confirmed("reissue_dismiss", warning: "reissue_dismiss_about", isBusy: documents.work.isBusy) {
                        await documents.dismiss(entry.id)
                    }
                }
            }
        }
    }

    private func why(_ reason: ReissueReason) -> LocalizedStringKey {
        switch reason {
        case .keyStayed: "reissue_key_stayed"
        case .onceOnly: "reissue_once_only"
        case .moved: "reissue_moved"
        }
    }
}
