package org.walletcore.demo.screens

import android.widget.EditText
import org.walletcore.ReissueEntry
import org.walletcore.ReissueReason
import org.walletcore.credentialLabel
import org.walletcore.demo.R
import org.walletcore.demo.design.Column
import org.walletcore.demo.design.Input
import org.walletcore.demo.design.Tone
import org.walletcore.demo.design.Type
import org.walletcore.demo.design.Ui
import org.walletcore.demo.design.button
import org.walletcore.demo.design.card
import org.walletcore.demo.design.confirmed
import org.walletcore.demo.design.field
import org.walletcore.demo.design.mistake
import org.walletcore.demo.design.note
import org.walletcore.demo.design.notice
import org.walletcore.demo.design.page
import org.walletcore.demo.design.text
import org.walletcore.demo.model.host
import org.walletcore.demo.model.Model
import org.walletcore.demo.model.Screen
import org.walletcore.demo.model.TransferPresenter.Refused
import org.walletcore.demo.model.TransferPresenter.State

internal fun backUp(model: Model) = saving(model, R.string.backup_title, R.string.backup_about, R.string.backup_warning) { one, two ->
    model.transfer.backUp(words(R.string.backup_file), one, two)
}

internal fun moveOut(model: Model) = saving(model, R.string.move_out_title, R.string.move_out_about, R.string.move_out_warning) { one, two ->
    model.transfer.moveOut(words(R.string.move_file), one, two)
}

/** A file under a passphrase that is typed twice. */
private fun saving(model: Model, title: Int, about: Int, warning: Int, save: Ui.(CharSequence, CharSequence) -> Unit) =
    Picture(model.transfer.state, model.transfer.task.state) {
        val task = model.transfer.task.state.value
        lateinit var fields: List<EditText>
        page(
            words(title),
            back = { model.navigator.back() },
            busy = task.busy,
            foot = { button(ui.words(R.string.choose_place)) { ui.save(fields[0].text, fields[1].text) }.isEnabled = !task.busy },
        ) {
            text(ui.words(about))
            notice(Tone.WARNING, ui.words(warning))
            outcome(model)
            note(ui.words(R.string.passphrase_rule))
            fields = listOf(R.string.passphrase, R.string.passphrase_again).map { field(ui.words(it), Input.PASSPHRASE) }
            mistake(refused((model.transfer.state.value as? State.Refused)?.why))
            problem(task)
        }
    }

private fun Column.refused(why: Refused?): String? = when (why) {
    Refused.TOO_SHORT -> ui.words(R.string.passphrase_too_short)
    Refused.DIFFERENT -> ui.words(R.string.passphrase_different)
    null -> null
}

private fun Column.outcome(model: Model) {
    when (val state = model.transfer.state.value) {
        is State.SavedBackup -> saved(state.what.credentials, state.what.keysStay)
        is State.SavedList -> saved(state.what.credentials, state.what.leftOut)
        is State.TookOver -> {
            notice(Tone.TRUSTED, ui.counted(R.plurals.move_in_done, state.what.credentials.toInt()))
            button(ui.words(R.string.reissue_see)) { model.navigator.push(Screen.Reissue) }
        }
        is State.Refused, State.Nothing -> Unit
    }
}

private fun Column.saved(documents: ULong, stay: ULong) {
    notice(Tone.TRUSTED, ui.words(R.string.file_saved), ui.counted(R.plurals.backup_done, documents.toInt()))
    if (stay > 0u) note(ui.counted(R.plurals.backup_stay, stay.toInt()))
}

internal fun moveIn(model: Model) = Picture(model.transfer.state, model.transfer.task.state) {
    val task = model.transfer.task.state.value
    lateinit var passphrase: EditText
    page(
        words(R.string.move_in_title),
        back = { model.navigator.back() },
        busy = task.busy,
        foot = { button(ui.words(R.string.choose_file)) { model.transfer.moveIn(passphrase.text) }.isEnabled = !task.busy },
    ) {
        text(ui.words(R.string.move_in_about))
        outcome(model)
        passphrase = field(ui.words(R.string.passphrase), Input.PASSPHRASE)
        problem(task)
    }
}

internal fun restore(model: Model) = Picture(model.transfer.pinRefused, model.transfer.task.state) {
    val transfer = model.transfer
    val task = transfer.task.state.value
    lateinit var fields: List<EditText>
    page(
        words(R.string.restore_title),
        back = { model.navigator.back() },
        busy = task.busy,
        foot = {
            button(ui.words(R.string.choose_file)) { transfer.restore(fields[0].text, fields[1].text, fields[2].text) }.isEnabled = !task.busy
        },
    ) {
        text(ui.words(R.string.restore_about))
        notice(Tone.PLAIN, ui.words(R.string.restore_other), ui.words(R.string.restore_other_about))
        fields = listOf(
            field(ui.words(R.string.passphrase), Input.PASSPHRASE),
            field(ui.words(R.string.pin_new), Input.PIN),
            field(ui.words(R.string.pin_again), Input.PIN),
        )
        mistake(pinMistake(transfer.pinRefused.value))
        problem(task)
    }
}

/** What to ask for again. Nobody has verified what a file says of issuers: it leads nowhere by a tap. */
internal fun reissue(model: Model) = Picture(model.documents.toReissue, model.documents.task.state) {
    val task = model.documents.task.state.value
    val entries = model.documents.toReissue.value
    page(words(R.string.reissue_title), back = { model.navigator.back() }, busy = task.busy) {
        problem(task)
        text(ui.words(if (entries.isEmpty()) R.string.reissue_none else R.string.reissue_about))
        entries.forEach { entry ->
            card {
                text(credentialLabel(entry.reissue.typeId, ui.tag), Type.HEADING)
                ui.where(entry).forEach(::text)
                note(ui.why(entry.reissue.reason))
                confirmed(
                    ui.words(R.string.reissue_dismiss), ui.words(R.string.reissue_dismiss_about), ui.words(R.string.cancel),
                    ui.words(R.string.delete_yes),
                ) { model.documents.dismiss(entry.id) }
            }
        }
    }
}

private fun Ui.where(entry: ReissueEntry): List<String> = listOfNotNull(
    entry.reissue.issuerName.takeIf { it.isNotBlank() },
    words(R.string.party_address, host(entry.reissue.issuer)),
)

private fun Ui.why(reason: ReissueReason): String = words(
    when (reason) {
        ReissueReason.KEY_STAYED -> R.string.reissue_key_stayed
        ReissueReason.ONCE_ONLY -> R.string.reissue_once_only
        ReissueReason.MOVED -> R.string.reissue_moved
    },
)
