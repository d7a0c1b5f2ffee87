package org.walletcore.demo.model

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch
import org.walletcore.History
import org.walletcore.HistoryEvent
import org.walletcore.LoggedEntry
import org.walletcore.Outcome
import org.walletcore.Party
import org.walletcore.PastTransaction
import org.walletcore.WalletException

/** What the wallet did: all of it or a part, one entry, taking it along, deleting it. */
class HistoryPresenter(
    private val scope: CoroutineScope,
    private val session: Session,
    private val navigator: Navigator,
    private val phone: Phone,
) {
    enum class Filter { ALL, SHARED, REFUSED, RECEIVED }

    /**
     * @property log `null` while the wallet is locked, or until it is read
     * @property party the one party whose entries are shown; `null` for everybody's
     * @property past what other wallets wrote down, taken over from them; this wallet verified nothing of it
     * @property saved whether what is shown was just saved into a file
     */
    data class State(
        val log: History? = null,
        val filter: Filter = Filter.ALL,
        val party: Party? = null,
        val past: List<PastTransaction> = emptyList(),
        val saved: Boolean = false,
    ) {
        /** The newest first. An outcome stands with what it is the outcome of. */
        val entries: List<LoggedEntry>
            get() = log?.entries.orEmpty()
                .filter { it.entry.event !is HistoryEvent.Outcome && it.fits(filter) }
                .filter { party == null || party(it.entry.event)?.identifier == party.identifier }
                .sortedByDescending { it.number }

        fun entry(number: ULong): LoggedEntry? = log?.entries.orEmpty().firstOrNull { it.number == number }
    }

    private val now = MutableStateFlow(State())
    val state: StateFlow<State> get() = now
    val task = Task(scope)

    private val unreadable = MutableStateFlow<WalletException?>(null)
    val failure: StateFlow<WalletException?> get() = unreadable

    fun observe() {
        val wallet = session.wallet
        scope.launch {
            try {
                wallet.histories.collect { log -> now.update { it.copy(log = log) } }
            } catch (thrown: WalletException) {
                unreadable.value = thrown
            }
        }
    }

    fun open() {
        task.clear()
        now.update { State(it.log) }
        navigator.push(Screen.History)
        task.run {
            val past = session.wallet.importedHistory()
            now.update { it.copy(past = past) }
        }
    }

    fun show(filter: Filter) = now.update { it.copy(filter = filter, saved = false) }

    fun showOnly(party: Party) {
        now.update { State(it.log, party = party, past = it.past) }
        navigator.back()
    }

    fun showEverybody() = now.update { it.copy(party = null, saved = false) }

    fun look(number: ULong) {
        task.clear()
        navigator.push(Screen.HistoryEntry(number))
    }

    /** Deletes one entry, with how it ended. That something was deleted stays. */
    fun delete(number: ULong) {
        task.run {
            session.wallet.deleteHistory(listOf(number))
            navigator.back()
        }
    }

    fun deleteAll() {
        task.run {
            session.wallet.deleteWholeHistory()
            now.update { State(it.log, past = it.past) }
        }
    }

    /** Saves `text`, which says what is shown, where the citizen wants it. */
    fun export(name: String, text: String) {
        task.run { if (phone.files.save(name, "text/plain") { it.write(text.toByteArray()) }) now.update { it.copy(saved = true) } }
    }

    companion object {
        /** The other party of an event, where there is one. */
        fun party(event: HistoryEvent): Party? = when (event) {
            is HistoryEvent.Received -> event.issuer
            is HistoryEvent.NotReceived -> event.issuer
            is HistoryEvent.Sending -> event.verifier
            is HistoryEvent.Declined -> event.verifier
            is HistoryEvent.Refused -> event.verifier
            is HistoryEvent.CredentialDeleted -> event.issuer
            is HistoryEvent.EntriesDeleted, is HistoryEvent.Moved, is HistoryEvent.Outcome -> null
        }

        /** What may have arrived counts both as shared and as failed: nobody should miss it. */
        private fun LoggedEntry.fits(filter: Filter): Boolean {
            val event = entry.event
            return when (filter) {
                Filter.ALL -> true
                Filter.SHARED -> event is HistoryEvent.Sending && outcome !is Outcome.NotSent
                Filter.REFUSED -> event is HistoryEvent.Declined || event is HistoryEvent.Refused ||
                    event is HistoryEvent.NotReceived || event is HistoryEvent.Sending && outcome !is Outcome.Sent
                Filter.RECEIVED -> event is HistoryEvent.Received
            }
        }
    }
}
