package org.walletcore.demo.model

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow

/** The first start: a PIN, and the recovery key that is seen once. */
class BeginPresenter(
    scope: CoroutineScope,
    private val session: Session,
    private val newKey: NewKeyPresenter,
    private val words: Words,
    private val made: () -> Unit,
    private val done: () -> Unit,
) {
    private val refused = MutableStateFlow<PinRefused?>(null)

    /** What is wrong with the PIN that was typed. */
    val pinRefused: StateFlow<PinRefused?> get() = refused

    val task = Task(scope)

    /** Whether it began before, and was broken off: a key that was written down then opens nothing. */
    val brokenOff: Boolean get() = session.brokenOff

    fun choosePin(pin: CharSequence, again: CharSequence) {
        refused.value = PinRefused.of(pin, again)
        if (refused.value != null) return
        task.run {
            newKey.show(session.create(pin, words.setPin), done)
            made()
        }
    }
}
