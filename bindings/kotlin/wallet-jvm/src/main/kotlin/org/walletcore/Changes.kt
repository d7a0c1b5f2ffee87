package org.walletcore

import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.catch
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.drop
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.takeWhile
import kotlinx.coroutines.flow.update

/**
 * Hears the core's events and hands them on: to the app's own listener, and to whoever observes. Events are counted, not
 * queued, so that a slow observer misses none and holds up nobody.
 */
internal class Changes(private val app: WalletEvents?) : WalletEvents {
    private data class Counts(
        val events: Map<WalletEvent, Long> = emptyMap(),
        val unlocks: Long = 0,
        val closed: Boolean = false,
    ) {
        fun of(event: WalletEvent) = events[event] ?: 0
    }

    private val counts = MutableStateFlow(Counts())

    override fun happened(event: WalletEvent) {
        counts.update { it.copy(events = it.events + (event to it.of(event) + 1)) }
        app?.happened(event)
    }

    fun unlocked() = counts.update { it.copy(unlocks = it.unlocks + 1) }

    /** Nothing will change any more. */
    fun closed() = counts.update { it.copy(closed = true) }

    fun of(event: WalletEvent): Flow<WalletEvent> = whenever { it.of(event) }.drop(1).map { event }

    fun <T> credentials(read: suspend () -> T): Flow<T> =
        reading({ listOf(it.of(WalletEvent.CREDENTIALS_CHANGED), it.of(WalletEvent.LOCKED), it.unlocks) }, read)

    fun <T> history(read: suspend () -> T): Flow<T> =
        reading({ listOf(it.of(WalletEvent.HISTORY_CHANGED), it.of(WalletEvent.LOCKED), it.unlocks) }, read)

    fun <T> lock(read: suspend () -> T): Flow<T> = reading({ listOf(it.of(WalletEvent.LOCKED), it.unlocks) }, read)

    private fun <T> whenever(count: (Counts) -> T): Flow<T> =
        counts.takeWhile { !it.closed }.map { count(it) }.distinctUntilChanged()

    private fun <T> reading(counted: (Counts) -> List<Long>, read: suspend () -> T): Flow<T> =
        whenever(counted).map { read() }.catch { failure ->
            // Closed between the change and the reading: there is nothing more to observe.
            val closing = failure is WalletException && failure.code == Code.VAULT_CLOSED
            if (!closing && !counts.value.closed) throw failure
        }
}

/** What `read` gives; `null` while the wallet is locked. */
internal suspend fun <T : Any> unlessLocked(read: suspend () -> T): T? = try {
    read()
} catch (failure: WalletException) {
    if (failure.code == Code.LOCKED) null else throw failure
}
