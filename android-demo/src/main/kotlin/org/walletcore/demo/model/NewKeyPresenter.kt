package org.walletcore.demo.model

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import org.walletcore.RecoveryKey

/** A new recovery key while it is seen, the only time: written down, printed or saved, and confirmed. */
class NewKeyPresenter(scope: CoroutineScope, private val navigator: Navigator, private val phone: Phone) {
    /** The key's groups while they are shown; then nobody has them any more but the citizen. */
    var groups: List<String> = emptyList()
        private set

    /** The two groups that are asked for again. */
    var asked: List<Int> = emptyList()
        private set

    private val mistyped = MutableStateFlow<Set<Int>>(emptySet())

    /** The groups that were typed wrongly, from 0. */
    val wrongGroups: StateFlow<Set<Int>> get() = mistyped

    private val saved = MutableStateFlow(false)

    /** Whether it was saved into a file. */
    val isSaved: StateFlow<Boolean> get() = saved

    val task = Task(scope)
    private var confirmed: () -> Unit = {}

    /** Shows `key`; what comes when it is confirmed is `then`. */
    fun show(key: RecoveryKey, then: () -> Unit) {
        val text = key.use { it.reveal() }
        groups = String(text).split('-')
        text.fill(0)
        asked = groups.indices.shuffled().take(2).sorted()
        mistyped.value = emptySet()
        saved.value = false
        confirmed = then
        task.clear()
        navigator.start(Screen.ShowRecoveryKey)
    }

    fun print(sheet: Sheet) = phone.printer.print(sheet)

    fun save(name: String, sheet: Sheet) {
        task.run { if (phone.files.save(name, "text/plain") { it.write(sheet.asText().toByteArray()) }) saved.value = true }
    }

    fun writtenDown() = navigator.push(Screen.ConfirmRecoveryKey)

    /** Compares what was typed for the [asked] groups, forgiving case and spaces. */
    fun confirm(typed: List<CharSequence>) {
        val wrong = asked.filterIndexed { i, group -> typed[i].filterNot(Char::isWhitespace).toString().uppercase() != groups[group] }
        mistyped.value = wrong.toSet()
        if (wrong.isNotEmpty()) return
        groups = emptyList()
        confirmed()
    }
}
