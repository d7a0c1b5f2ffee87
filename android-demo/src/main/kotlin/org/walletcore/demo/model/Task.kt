package org.walletcore.demo.model

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.launch
import org.walletcore.WalletException

/** Something that takes a while and may fail: whether it is under way, and what came of it the last time. */
class Task(private val scope: CoroutineScope) {
    /** @property failure what the last try failed with, until the next one begins */
    data class State(val busy: Boolean = false, val failure: WalletException? = null)

    private val now = MutableStateFlow(State())
    val state: StateFlow<State> get() = now

    /** Begins, unless it is under way already: a second tap does nothing. */
    fun run(work: suspend () -> Unit): Job? {
        if (!now.compareAndSet(State(failure = now.value.failure), State(busy = true))) return null
        return scope.launch {
            var failure: WalletException? = null
            try {
                work()
            } catch (thrown: WalletException) {
                failure = thrown
            } finally {
                now.value = State(failure = failure)
            }
        }
    }

    /** Forgets what failed. */
    fun clear() {
        now.compareAndSet(now.value.copy(busy = false), State())
    }
}
