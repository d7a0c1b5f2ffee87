package org.walletcore.demo.screens

import org.walletcore.demo.R
import org.walletcore.demo.design.Input
import org.walletcore.demo.design.Type
import org.walletcore.demo.design.Weight
import org.walletcore.demo.design.button
import org.walletcore.demo.design.card
import org.walletcore.demo.design.field
import org.walletcore.demo.design.heading
import org.walletcore.demo.design.mistake
import org.walletcore.demo.design.note
import org.walletcore.demo.design.oneOf
import org.walletcore.demo.design.page
import org.walletcore.demo.design.text
import org.walletcore.demo.model.Model
import org.walletcore.demo.model.Preferences
import org.walletcore.demo.model.Screen

internal fun settings(model: Model) = Picture(model.settings.authorities, model.settings.task.state, model.biometrics.isOn) {
    val settings = model.settings
    page(words(R.string.settings_title), back = { model.navigator.back() }) {
        heading(ui.words(R.string.language))
        languages(model)
        heading(ui.words(R.string.settings_lock))
        note(ui.words(R.string.settings_lock_about))
        oneOf(Preferences.LOCK_MINUTES, settings.lockAfterMinutes, { ui.counted(R.plurals.minutes, it) }) { settings.lockAfter(it) }
        button(ui.words(R.string.settings_lock_now), Weight.QUIET) { settings.lock() }
        heading(ui.words(R.string.pin))
        button(ui.words(R.string.pin_change), Weight.QUIET) {
            settings.task.clear()
            model.navigator.push(Screen.ChangePin)
        }
        if (model.biometrics.isOffered) {
            heading(ui.words(R.string.biometrics_title))
            note(ui.words(if (model.biometrics.isOn.value) R.string.biometrics_is_on else R.string.biometrics_is_off))
            button(ui.words(R.string.settings_change), Weight.QUIET) { model.biometrics.ask() }
        }
        heading(ui.words(R.string.recovery_key))
        button(ui.words(R.string.recovery_replace), Weight.QUIET) {
            model.recovery.task.clear()
            model.navigator.push(Screen.ReplaceRecoveryKey)
        }
        heading(ui.words(R.string.settings_transfer))
        for ((words, screen) in TRANSFERS) button(ui.words(words), Weight.QUIET) { model.transfer.open(screen) }
        heading(ui.words(R.string.settings_health))
        button(ui.words(R.string.checkup_title), Weight.QUIET) { model.recovery.check() }
        heading(ui.words(R.string.settings_trust))
        note(ui.words(R.string.settings_trust_about))
        settings.authorities.value.forEach { authority ->
            card {
                text(authority.name, Type.STRONG)
                authority.side?.let { note(ui.side(it)) }
                note(ui.words(R.string.settings_trust_until, ui.day(authority.notAfter)))
                authority.nextUpdate?.let { note(ui.words(R.string.settings_trust_next, ui.day(it))) }
            }
        }
        heading(ui.words(R.string.settings_about))
        button(ui.words(R.string.about_see), Weight.QUIET) { model.navigator.push(Screen.About) }
        heading(ui.words(R.string.erase_title))
        button(ui.words(R.string.erase_open), Weight.QUIET) { model.navigator.push(Screen.Erase) }
    }
}

private val TRANSFERS = listOf(
    R.string.backup_title to Screen.BackUp,
    R.string.move_out_title to Screen.MoveOut,
    R.string.move_in_title to Screen.MoveIn,
    R.string.reissue_title to Screen.Reissue,
)

internal fun changePin(model: Model) = Picture(model.settings.pinRefused, model.settings.task.state) {
    val settings = model.settings
    val task = settings.task.state.value
    lateinit var fields: List<android.widget.EditText>
    page(
        words(R.string.pin_change),
        back = { model.navigator.back() },
        busy = task.busy,
        foot = {
            button(ui.words(R.string.pin_change)) { settings.changePin(fields[0].text, fields[1].text, fields[2].text) }
                .isEnabled = !task.busy
        },
    ) {
        note(ui.words(R.string.pin_rule))
        fields = listOf(R.string.pin_old, R.string.pin_new, R.string.pin_again).map { field(ui.words(it), Input.PIN) }
        mistake(pinMistake(settings.pinRefused.value))
        problem(task)
    }
}
