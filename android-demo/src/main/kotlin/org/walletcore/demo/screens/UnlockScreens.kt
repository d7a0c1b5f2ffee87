package org.walletcore.demo.screens

import org.walletcore.GuardKind
import org.walletcore.demo.R
import org.walletcore.demo.design.Input
import org.walletcore.demo.design.Weight
import org.walletcore.demo.design.button
import org.walletcore.demo.design.field
import org.walletcore.demo.design.page
import org.walletcore.demo.design.text
import org.walletcore.demo.model.Model
import org.walletcore.demo.model.Screen
import org.walletcore.demo.model.UnlockPresenter

internal fun unlock(model: Model) = Picture(model.unlock.task.state) {
    val unlock = model.unlock
    val task = unlock.task.state.value
    val blocked = UnlockPresenter.isBlocked(task.failure)
    var pin: android.widget.EditText? = null
    page(
        words(R.string.unlock_title),
        busy = task.busy,
        foot = {
            button(ui.words(R.string.unlock_by_recovery_key), Weight.QUIET) {
                unlock.task.clear()
                model.navigator.push(Screen.UnlockByRecoveryKey)
            }
            if (GuardKind.BIOMETRICS in unlock.guards) {
                button(ui.words(R.string.unlock_by_biometrics), Weight.QUIET) { unlock.byBiometrics() }
            }
            if (!blocked) button(ui.words(R.string.unlock)) { pin?.let { unlock.byPin(it.text) } }.isEnabled = !task.busy
        },
    ) {
        if (model.links.isWaiting) text(ui.words(R.string.unlock_then_goes_on))
        if (!blocked) pin = field(ui.words(R.string.pin), Input.PIN)
        problem(task)
    }
}

internal fun unlockByRecoveryKey(model: Model) = Picture(model.unlock.task.state) {
    val task = model.unlock.task.state.value
    lateinit var key: android.widget.EditText
    page(
        words(R.string.unlock_by_recovery_key),
        back = {
            model.unlock.task.clear()
            model.navigator.back()
        },
        busy = task.busy,
        foot = { button(ui.words(R.string.unlock)) { model.unlock.byRecoveryKey(key.text) }.isEnabled = !task.busy },
    ) {
        text(ui.words(R.string.unlock_recovery_about))
        key = field(ui.words(R.string.recovery_key), Input.CODE)
        problem(task)
    }
}
