package org.walletcore.demo.screens

import org.walletcore.demo.R
import org.walletcore.demo.design.Column
import org.walletcore.demo.design.Input
import org.walletcore.demo.design.Tone
import org.walletcore.demo.design.Type
import org.walletcore.demo.design.Weight
import org.walletcore.demo.design.button
import org.walletcore.demo.design.card
import org.walletcore.demo.design.field
import org.walletcore.demo.design.heading
import org.walletcore.demo.design.mistake
import org.walletcore.demo.design.note
import org.walletcore.demo.design.notice
import org.walletcore.demo.design.oneOf
import org.walletcore.demo.design.page
import org.walletcore.demo.design.text
import org.walletcore.demo.model.BeginPresenter
import org.walletcore.demo.model.Model
import org.walletcore.demo.model.Preferences

internal fun starting(model: Model) = Picture(model.starting.state) {
    val state = model.starting.state.value
    page(words(R.string.app_name), busy = state.busy) { problem(state) }
}

internal fun begin(model: Model) = Picture(model.begin.state, model.begin.task.state) {
    val begin = model.begin
    val task = begin.task.state.value
    lateinit var fields: List<android.widget.EditText>
    page(
        words(R.string.begin_title),
        busy = task.busy,
        foot = {
            button(ui.words(R.string.begin_make)) { begin.choosePin(fields[0].text, fields[1].text) }.isEnabled = !task.busy
        },
    ) {
        if (begin.brokenOff) notice(Tone.WARNING, ui.words(R.string.begin_broken_off), ui.words(R.string.begin_broken_off_about))
        text(ui.words(R.string.begin_about))
        heading(ui.words(R.string.language))
        languages(model)
        heading(ui.words(R.string.pin_choose))
        note(ui.words(R.string.pin_rule))
        fields = listOf(field(ui.words(R.string.pin_new), Input.PIN), field(ui.words(R.string.pin_again), Input.PIN))
        mistake(pinMistake(begin.state.value.refused))
        problem(task)
    }
}

/** Each language in its own words, so that whoever cannot read the present one finds theirs. */
internal fun Column.languages(model: Model) =
    oneOf(Preferences.LANGUAGES, Preferences.LANGUAGES.first { it.language == ui.locale.language }, {
        it.getDisplayLanguage(it).replaceFirstChar { letter -> letter.titlecase(it) }
    }) { model.preferences.choose(it) }

internal fun Column.pinMistake(refused: BeginPresenter.Refused?): String? = when (refused) {
    BeginPresenter.Refused.TOO_SHORT -> ui.words(R.string.pin_too_short)
    BeginPresenter.Refused.DIFFERENT -> ui.words(R.string.pin_different)
    null -> null
}

internal fun showRecoveryKey(begin: BeginPresenter) = Picture {
    page(
        words(R.string.recovery_title),
        foot = { button(ui.words(R.string.recovery_written)) { begin.writtenDown() } },
    ) {
        text(ui.words(R.string.recovery_about))
        card {
            begin.groups.forEachIndexed { position, group ->
                text("${position + 1}.  $group", Type.HEADING).apply {
                    typeface = android.graphics.Typeface.MONOSPACE
                    // Read letter by letter, with the number of the group.
                    contentDescription = ui.words(R.string.recovery_group, position + 1, group.toList().joinToString(" "))
                }
            }
        }
        notice(Tone.WARNING, ui.words(R.string.recovery_once), ui.words(R.string.recovery_keep_safe))
    }
}

internal fun confirmRecoveryKey(model: Model) = Picture(model.begin.state) {
    val begin = model.begin
    lateinit var fields: List<android.widget.EditText>
    page(
        words(R.string.recovery_confirm_title),
        back = { model.navigator.back() },
        foot = {
            button(ui.words(R.string.recovery_show_again), Weight.QUIET) { model.navigator.back() }
            button(ui.words(R.string.go_on)) { begin.confirm(fields.map { it.text }) }
        },
    ) {
        text(ui.words(R.string.recovery_confirm_about))
        fields = begin.asked.map { group ->
            field(ui.words(R.string.recovery_group_number, group + 1), Input.CODE).also {
                if (group in begin.state.value.wrongGroups) mistake(ui.words(R.string.recovery_group_wrong, group + 1))
            }
        }
    }
}
