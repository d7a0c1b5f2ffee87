package org.walletcore.demo.model

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow

/** The first start: a PIN, and the recovery key that is seen once. */
class BeginPresenter(
    scope: CoroutineScope,
    private val session: Session,
    private val navigator: Navigator,
    private val words: Words,
    private val made: () -> Unit,
    private val done: () -> Unit,
) {
    /** Why a new PIN does not do; the rules that need no wallet. */
    enum class Refused { TOO_SHORT, DIFFERENT }

    /**
     * @property refused what is wrong with what was typed
     * @property wrongGroups the groups of the recovery key that were typed wrongly, from 0
     */
    data class State(val refused: Refused? = null, val wrongGroups: Set<Int> = emptySet())

    private val now = MutableStateFlow(State())
    val state: StateFlow<State> get() = now
    val task = Task(scope)

    /** The recovery key's groups while they are shown; then nobody has them any more but the citizen. */
    var groups: List<String> = emptyList()
        private set

    /** Whether it began before, and was broken off: a key that was written down then opens nothing. */
    val brokenOff: Boolean get() = session.brokenOff

    /** The two groups that are asked for again. */
    val asked = listOf(1, 4)

    fun choosePin(pin: CharSequence, again: CharSequence) {
        now.value = State(
            refused = when {
                pin.length < LEAST_DIGITS -> Refused.TOO_SHORT
                !pin.contentEquals(again) -> Refused.DIFFERENT
                else -> null
            },
        )
        if (now.value.refused != null) return
        task.run {
            session.create(pin, words.setPin).use { show(it.reveal()) }
            made()
        }
    }

    private fun show(key: ByteArray) {
        groups = String(key).split('-')
        key.fill(0)
        navigator.start(Screen.ShowRecoveryKey)
    }

    fun writtenDown() = navigator.push(Screen.ConfirmRecoveryKey)

    /** Compares what was typed for the [asked] groups, forgiving case and spaces. */
    fun confirm(typed: List<CharSequence>) {
        val wrong = asked.filterIndexed { i, group -> typed[i].filterNot(Char::isWhitespace).toString().uppercase() != groups[group] }
        now.value = State(wrongGroups = wrong.toSet())
        if (wrong.isNotEmpty()) return
        groups = emptyList()
        session.finish()
        navigator.start(Screen.Documents)
        done()
    }

    companion object {
        const val LEAST_DIGITS = 6
    }
}
