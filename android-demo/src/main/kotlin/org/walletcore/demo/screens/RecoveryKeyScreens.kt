package org.walletcore.demo.screens

import android.graphics.Typeface
import android.widget.EditText
import org.walletcore.demo.R
import org.walletcore.demo.design.Input
import org.walletcore.demo.design.Tone
import org.walletcore.demo.design.Type
import org.walletcore.demo.design.Ui
import org.walletcore.demo.design.Weight
import org.walletcore.demo.design.both
import org.walletcore.demo.design.button
import org.walletcore.demo.design.card
import org.walletcore.demo.design.field
import org.walletcore.demo.design.mistake
import org.walletcore.demo.design.note
import org.walletcore.demo.design.notice
import org.walletcore.demo.design.page
import org.walletcore.demo.design.text
import org.walletcore.demo.model.Model
import org.walletcore.demo.model.Sheet
import org.walletcore.demo.model.TypedKey

internal fun showRecoveryKey(model: Model) = Picture(model.newKey.task.state, model.newKey.isSaved) {
    val key = model.newKey
    val task = key.task.state.value
    page(
        words(R.string.recovery_title),
        busy = task.busy,
        foot = { button(ui.words(R.string.recovery_written)) { key.writtenDown() } },
    ) {
        text(ui.words(R.string.recovery_about))
        card {
            key.groups.forEachIndexed { position, group ->
                text("${position + 1}.  $group", Type.HEADING).apply {
                    typeface = Typeface.MONOSPACE
                    // Read letter by letter, with the number of the group.
                    contentDescription = ui.words(R.string.recovery_group, position + 1, group.toList().joinToString(" "))
                }
            }
        }
        notice(Tone.WARNING, ui.words(R.string.recovery_once), ui.words(R.string.recovery_keep_safe))
        both(
            ui.button(ui.words(R.string.recovery_print), Weight.QUIET) { key.print(ui.sheet(key.groups)) },
            ui.button(ui.words(R.string.recovery_save), Weight.QUIET) {
                key.save(ui.words(R.string.recovery_file), ui.sheet(key.groups))
            },
        )
        note(ui.words(R.string.recovery_copies))
        if (key.isSaved.value) notice(Tone.TRUSTED, ui.words(R.string.file_saved))
        problem(task)
    }
}

private fun Ui.sheet(groups: List<String>) = Sheet(
    words(R.string.recovery_key),
    words(R.string.recovery_about) + " " + words(R.string.recovery_keep_safe),
    groups.mapIndexed { position, group -> "${position + 1}. $group" },
)

internal fun confirmRecoveryKey(model: Model) = Picture(model.newKey.wrongGroups) {
    val key = model.newKey
    lateinit var fields: List<EditText>
    page(
        words(R.string.recovery_confirm_title),
        back = { model.navigator.back() },
        foot = {
            button(ui.words(R.string.recovery_show_again), Weight.QUIET) { model.navigator.back() }
            button(ui.words(R.string.go_on)) { key.confirm(fields.map { it.text }) }
        },
    ) {
        text(ui.words(R.string.recovery_confirm_about))
        fields = key.asked.map { group ->
            field(ui.words(R.string.recovery_group_number, group + 1), Input.CODE).also {
                if (group in key.wrongGroups.value) mistake(ui.words(R.string.recovery_group_wrong, group + 1))
            }
        }
    }
}

internal fun replaceRecoveryKey(model: Model) = Picture(model.recovery.task.state) {
    val task = model.recovery.task.state.value
    lateinit var pin: EditText
    page(
        words(R.string.recovery_replace),
        back = { model.navigator.back() },
        busy = task.busy,
        foot = { button(ui.words(R.string.recovery_replace)) { model.recovery.replace(pin.text) }.isEnabled = !task.busy },
    ) {
        text(ui.words(R.string.recovery_replace_about))
        pin = field(ui.words(R.string.pin), Input.PIN)
        problem(task)
    }
}

/** What is wrong with a recovery key that was typed. */
internal fun Ui.slip(slip: TypedKey.Slip): String = when (slip) {
    is TypedKey.Slip.Character -> words(R.string.recovery_slip_character, slip.number, slip.character)
    is TypedKey.Slip.Length -> words(R.string.recovery_slip_length, slip.number, slip.characters)
    is TypedKey.Slip.Count -> words(R.string.recovery_slip_count, slip.groups)
}
