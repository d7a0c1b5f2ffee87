package org.walletcore.demo.screens

import org.walletcore.HistoryEvent
import org.walletcore.LoggedEntry
import org.walletcore.Outcome
import org.walletcore.claimLabel
import org.walletcore.credentialLabel
import org.walletcore.Disclosed
import org.walletcore.demo.R
import org.walletcore.demo.design.Column
import org.walletcore.demo.design.Type
import org.walletcore.demo.design.Ui
import org.walletcore.demo.design.card
import org.walletcore.demo.design.note
import org.walletcore.demo.design.page
import org.walletcore.demo.design.text
import org.walletcore.demo.model.Model
import org.walletcore.demo.model.called

internal fun history(model: Model) = Picture(model.documents.history, model.documents.failure) {
    val log = model.documents.history.value
    page(words(R.string.history_title), back = { model.navigator.back() }, busy = log == null) {
        problem(model.documents.failure.value)
        note(ui.words(R.string.history_about))
        if (log != null) {
            // An outcome stands with what it is the outcome of.
            val entries = log.entries.filter { it.entry.event !is HistoryEvent.Outcome }.sortedByDescending { it.number }
            if (entries.isEmpty()) text(ui.words(R.string.history_none))
            entries.forEach { entry(it) }
            if (log.unauthenticatedRefusals.isNotEmpty()) {
                val count = log.unauthenticatedRefusals.size + log.olderRefusals.toInt()
                note(ui.counted(R.plurals.history_refused_unknown, count))
            }
        }
    }
}

private fun Column.entry(logged: LoggedEntry) = card {
    val event = logged.entry.event
    text(ui.what(event), Type.STRONG)
    note(ui.moment(logged.entry.at))
    when (event) {
        is HistoryEvent.Received -> shared(event.credentials, names = false)
        is HistoryEvent.Sending -> {
            shared(event.shared, names = true)
            text(ui.outcome(logged.outcome))
        }
        else -> Unit
    }
}

private fun Column.shared(documents: List<Disclosed>, names: Boolean) = documents.map { document ->
    val label = credentialLabel(document.typeId, ui.tag)
    val claims = document.claims.joinToString { claimLabel(document.typeId, it, ui.tag) }
    if (names) ui.words(R.string.history_shared, label, claims) else label
}.distinct().forEach(::note) // One document comes in several formats.

private fun Ui.what(event: HistoryEvent): String = when (event) {
    is HistoryEvent.Received -> words(R.string.history_received, event.issuer.called)
    is HistoryEvent.NotReceived -> words(R.string.history_not_received, event.issuer.called)
    is HistoryEvent.Sending -> words(R.string.history_sent_to, event.verifier.called)
    is HistoryEvent.Declined -> words(R.string.history_declined, event.verifier.called)
    is HistoryEvent.Refused -> words(R.string.history_refused, event.verifier.called)
    is HistoryEvent.CredentialDeleted -> words(R.string.history_deleted, credentialLabel(event.typeId, tag))
    is HistoryEvent.EntriesDeleted -> words(R.string.history_entries_deleted)
    is HistoryEvent.Moved -> words(R.string.history_moved)
    is HistoryEvent.Outcome -> outcome(event.outcome)
}

private fun Ui.outcome(outcome: Outcome?): String = words(
    when (outcome) {
        is Outcome.Sent -> R.string.outcome_sent
        is Outcome.Refused -> R.string.outcome_refused
        is Outcome.NotSent -> R.string.outcome_not_sent
        Outcome.Unknown, null -> R.string.outcome_unknown
    },
)
