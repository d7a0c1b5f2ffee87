package org.walletcore.demo.screens

import android.widget.EditText
import org.walletcore.demo.R
import org.walletcore.demo.design.Input
import org.walletcore.demo.design.both
import org.walletcore.demo.design.button
import org.walletcore.demo.design.field
import org.walletcore.demo.design.note
import org.walletcore.demo.design.page
import org.walletcore.demo.design.text
import org.walletcore.demo.model.Model

internal fun biometrics(model: Model) = Picture(model.biometrics.isOn, model.biometrics.task.state) {
    val biometrics = model.biometrics
    val task = biometrics.task.state.value
    val on = biometrics.isOn.value
    lateinit var pin: EditText
    page(
        words(R.string.biometrics_title),
        back = { model.navigator.back() },
        busy = task.busy,
        foot = {
            both(
                ui.button(ui.words(R.string.not_now)) { model.navigator.back() },
                ui.button(ui.words(if (on) R.string.biometrics_off else R.string.biometrics_on)) {
                    if (on) biometrics.turnOff(pin.text) else biometrics.turnOn(pin.text)
                }.apply { isEnabled = !task.busy },
            )
        },
    ) {
        text(ui.words(if (on) R.string.biometrics_is_on else R.string.biometrics_about))
        note(ui.words(R.string.biometrics_rule))
        pin = field(ui.words(R.string.pin), Input.PIN)
        problem(task)
    }
}
