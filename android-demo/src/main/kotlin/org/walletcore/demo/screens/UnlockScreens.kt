package org.walletcore.demo.screens

import android.widget.Button
import android.widget.EditText
import org.walletcore.Code
import org.walletcore.code
import org.walletcore.fault
import org.walletcore.WalletException
import org.walletcore.demo.R
import org.walletcore.demo.design.Column
import org.walletcore.demo.design.Input
import org.walletcore.demo.design.Tone
import org.walletcore.demo.design.Weight
import org.walletcore.demo.design.announced
import org.walletcore.demo.design.both
import org.walletcore.demo.design.button
import org.walletcore.demo.design.field
import org.walletcore.demo.design.mistake
import org.walletcore.demo.design.note
import org.walletcore.demo.design.notice
import org.walletcore.demo.design.page
import org.walletcore.demo.design.text
import org.walletcore.demo.design.tick
import org.walletcore.demo.model.Model
import org.walletcore.demo.model.Screen
import org.walletcore.demo.model.UnlockPresenter

internal fun unlock(model: Model) = Picture(model.unlock.task.state, model.unlock.biometricsChanged) {
    val unlock = model.unlock
    val task = unlock.task.state.value
    val blocked = UnlockPresenter.isBlocked(task.failure)
    var pin: EditText? = null
    page(
        words(R.string.unlock_title),
        busy = task.busy,
        foot = {
            button(ui.words(R.string.unlock_by_recovery_key), Weight.QUIET) {
                unlock.task.clear()
                model.recovery.ask()
            }
            if (unlock.canUseBiometrics) {
                button(ui.words(R.string.unlock_by_biometrics), Weight.QUIET) { unlock.byBiometrics() }.isEnabled = !task.busy
            }
            if (!blocked) button(ui.words(R.string.unlock)) { pin?.let { unlock.byPin(it.text) } }.isEnabled = !task.busy
        },
    ) {
        if (model.links.isWaiting) text(ui.words(R.string.unlock_then_goes_on))
        if (unlock.biometricsChanged.value) {
            notice(Tone.WARNING, ui.words(R.string.biometrics_changed), ui.words(R.string.biometrics_changed_about))
        }
        if (!blocked) pin = field(ui.words(R.string.pin), Input.PIN)
        problem(task)
        waitUntil(task.failure)
    }
}

/** When the next PIN may be tried, and the way that is open before. */
private fun Column.waitUntil(failure: WalletException?) {
    val at = failure?.takeIf { it.code == Code.PIN_WAIT }?.fault?.retryAt ?: return
    announced(ui.words(R.string.unlock_wait, ui.time(at)))
    note(ui.words(R.string.unlock_wait_about))
}

internal fun unlockByRecoveryKey(model: Model): Picture {
    // What was typed stays when the screen says what is wrong with it: nobody types 28 characters again for one slip.
    var typed: CharSequence = ""
    return Picture(model.recovery.task.state, model.recovery.slips) {
        val recovery = model.recovery
        val task = recovery.task.state.value
        lateinit var key: EditText
        fun by(way: (CharSequence) -> Unit) {
            typed = key.text
            way(typed)
        }
        page(
            words(R.string.unlock_by_recovery_key),
            back = { model.navigator.back() },
            busy = task.busy,
            foot = {
                both(
                    ui.button(ui.words(R.string.unlock)) { by(recovery::unlock) }.apply { isEnabled = !task.busy },
                    ui.button(ui.words(R.string.recovery_new_pin)) { by(recovery::unlockForNewPin) }.apply { isEnabled = !task.busy },
                )
            },
        ) {
            text(ui.words(R.string.unlock_recovery_about))
            key = field(ui.words(R.string.recovery_key), Input.CODE).apply { setText(typed) }
            recovery.slips.value.forEach { mistake(ui.slip(it)) }
            if (task.failure?.code == Code.RECOVERY_KEY_MALFORMED) note(ui.words(R.string.recovery_slip_somewhere))
            problem(task)
            button(ui.words(R.string.recovery_lost), Weight.QUIET) { model.navigator.push(Screen.Erase) }
        }
    }
}

internal fun newPin(model: Model) = Picture(model.recovery.pinRefused, model.recovery.task.state) {
    val recovery = model.recovery
    val task = recovery.task.state.value
    lateinit var fields: List<EditText>
    page(
        words(R.string.pin_choose),
        busy = task.busy,
        foot = {
            button(ui.words(R.string.pin_set)) { recovery.newPin(fields[0].text, fields[1].text) }.isEnabled = !task.busy
        },
    ) {
        note(ui.words(R.string.pin_rule))
        fields = listOf(R.string.pin_new, R.string.pin_again).map { field(ui.words(it), Input.PIN) }
        mistake(pinMistake(recovery.pinRefused.value))
        problem(task)
    }
}

/** The last way: everything is gone. It is offered, never pressed. */
internal fun erase(model: Model) = Picture(model.recovery.task.state) {
    val task = model.recovery.task.state.value
    lateinit var yes: Button
    page(
        words(R.string.erase_title),
        back = { model.navigator.back() },
        busy = task.busy,
        foot = {
            both(
                ui.button(ui.words(R.string.cancel)) { model.navigator.back() },
                yes,
            )
        },
    ) {
        notice(Tone.DANGER, ui.words(R.string.erase_what), ui.words(R.string.erase_about))
        text(ui.words(R.string.erase_before))
        yes = ui.button(ui.words(R.string.erase_yes)) { model.recovery.erase() }.apply { isEnabled = false }
        tick(ui.words(R.string.erase_sure), ticked = false) { yes.isEnabled = it }
        problem(task)
    }
}
