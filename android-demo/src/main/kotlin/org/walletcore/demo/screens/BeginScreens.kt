package org.walletcore.demo.screens

import org.walletcore.demo.R
import org.walletcore.demo.design.Column
import org.walletcore.demo.design.Input
import org.walletcore.demo.design.Tone
import org.walletcore.demo.design.Weight
import org.walletcore.demo.design.button
import org.walletcore.demo.design.field
import org.walletcore.demo.design.heading
import org.walletcore.demo.design.mistake
import org.walletcore.demo.design.note
import org.walletcore.demo.design.notice
import org.walletcore.demo.design.oneOf
import org.walletcore.demo.design.page
import org.walletcore.demo.design.text
import org.walletcore.demo.model.PinRefused
import org.walletcore.demo.model.Model
import org.walletcore.demo.model.Preferences
import org.walletcore.demo.model.Screen

internal fun starting(model: Model) = Picture(model.starting.state) {
    val state = model.starting.state.value
    page(words(R.string.app_name), busy = state.busy) {
        problem(state)
        if (state.failure != null) button(ui.words(R.string.erase_title), Weight.QUIET) { model.navigator.push(Screen.Erase) }
    }
}

internal fun begin(model: Model) = Picture(model.begin.pinRefused, model.begin.task.state) {
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
        button(ui.words(R.string.restore_title), Weight.QUIET) { model.transfer.open(Screen.Restore) }.isEnabled = !task.busy
        heading(ui.words(R.string.pin_choose))
        note(ui.words(R.string.pin_rule))
        fields = listOf(field(ui.words(R.string.pin_new), Input.PIN), field(ui.words(R.string.pin_again), Input.PIN))
        mistake(pinMistake(begin.pinRefused.value))
        problem(task)
    }
}

/** Each language in its own words, so that whoever cannot read the present one finds theirs. */
internal fun Column.languages(model: Model) =
    oneOf(Preferences.LANGUAGES, Preferences.LANGUAGES.first { it.language == ui.locale.language }, {
        it.getDisplayLanguage(it).replaceFirstChar { letter -> letter.titlecase(it) }
    }) { model.preferences.choose(it) }

internal fun Column.pinMistake(refused: PinRefused?): String? = when (refused) {
    PinRefused.TOO_SHORT -> ui.words(R.string.pin_too_short)
    PinRefused.DIFFERENT -> ui.words(R.string.pin_different)
    null -> null
}
