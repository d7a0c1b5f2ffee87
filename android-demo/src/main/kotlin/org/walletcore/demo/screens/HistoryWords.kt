package org.walletcore.demo.screens

import org.walletcore.Asked
import org.walletcore.Disclosed
import org.walletcore.HistoryEvent
import org.walletcore.LoggedEntry
import org.walletcore.Move
import org.walletcore.Outcome
import org.walletcore.PastTransaction
import org.walletcore.Step
import org.walletcore.TransactionKind
import org.walletcore.claimLabel
import org.walletcore.codeDetails
import org.walletcore.codeNumbered
import org.walletcore.credentialLabel
import org.walletcore.demo.R
import org.walletcore.demo.design.Ui
import org.walletcore.demo.model.called

/** What happened, in one line. */
internal fun Ui.what(event: HistoryEvent): String = when (event) {
    is HistoryEvent.Received -> words(R.string.history_received, event.issuer.called)
    is HistoryEvent.NotReceived -> words(R.string.history_not_received, event.issuer.called)
    is HistoryEvent.Sending -> words(R.string.history_sent_to, event.verifier.called)
    is HistoryEvent.Declined -> words(R.string.history_declined, event.verifier.called)
    is HistoryEvent.Refused -> words(R.string.history_refused, event.verifier.called)
    is HistoryEvent.CredentialDeleted -> words(R.string.history_deleted, credentialLabel(event.typeId, tag))
    is HistoryEvent.EntriesDeleted -> counted(R.plurals.history_entries_deleted, event.count.toInt())
    is HistoryEvent.Moved -> words(
        when (event.how) {
            Move.BACKED_UP -> R.string.history_backed_up
            Move.RESTORED -> R.string.history_restored
            Move.MIGRATION_EXPORTED -> R.string.history_moved_out
            Move.MIGRATION_IMPORTED -> R.string.history_moved_in
        },
    )
    is HistoryEvent.Outcome -> outcome(event.outcome)
}

/** What another wallet wrote down, in one line. */
internal fun Ui.what(past: PastTransaction): String = when (past.kind) {
    TransactionKind.PRESENTATION -> words(R.string.history_sent_to, past.party)
    TransactionKind.CREDENTIAL_ISSUANCE, TransactionKind.CREDENTIAL_REISSUANCE -> words(R.string.history_received, past.party)
    else -> words(R.string.history_past_other, past.party)
}

internal fun Ui.outcome(outcome: Outcome?): String = words(
    when (outcome) {
        is Outcome.Sent -> R.string.outcome_sent
        is Outcome.Refused -> R.string.outcome_refused
        is Outcome.NotSent -> R.string.outcome_not_sent
        Outcome.Unknown, null -> R.string.outcome_unknown
    },
)

/** All that the wallet remembers of an entry, but for what its first line says. */
internal fun Ui.about(logged: LoggedEntry): List<String> {
    val event = logged.entry.event
    val more = when (event) {
        is HistoryEvent.Received -> documents(event.credentials, claims = false)
        is HistoryEvent.Sending -> registered(event.registration) + asked(event.asked) + listOf(words(R.string.history_shared_heading)) +
            documents(event.shared, claims = true) + outcome(logged.outcome) +
            words(if (event.encrypted) R.string.history_encrypted else R.string.history_not_encrypted)
        is HistoryEvent.Declined -> registered(event.registration) + asked(event.asked)
        is HistoryEvent.Refused -> listOf(number(event.code))
        is HistoryEvent.NotReceived -> listOfNotNull(event.code?.let(::number))
        else -> emptyList()
    }
    return listOf(moment(logged.entry.at)) + more
}

internal fun Ui.number(code: UShort) = words(R.string.problem_number, codeNumbered(code)?.let { codeDetails(it).printed } ?: "WC-$code")

private fun Ui.asked(asked: List<Asked>): List<String> =
    asked.map { one ->
        val about = if (one.beyondRegistration) R.string.history_asked_more else R.string.history_asked
        words(about, one.claims.joinToString { label(one, it) })
    }.distinct()

private fun Ui.label(asked: Asked, path: String): String {
    // Which elements of a list were meant is not part of what it is called.
    val keys = path.replace(Regex("\\[[^\\]]*]"), "").split('/')
    return claimLabel(asked.types.firstOrNull().orEmpty(), keys.map { Step.Key(it) }, tag)
}

/** One document comes in several formats. */
private fun Ui.documents(documents: List<Disclosed>, claims: Boolean): List<String> = documents.map { document ->
    val label = credentialLabel(document.typeId, tag)
    if (claims) words(R.string.history_shared, label, document.claims.joinToString { claimLabel(document.typeId, it, tag) }) else label
}.distinct()

/** Entries as a text to take along. */
internal fun Ui.historyText(entries: List<LoggedEntry>): String = entries.joinToString("\r\n\r\n", postfix = "\r\n") { logged ->
    (listOf(what(logged.entry.event)) + about(logged)).joinToString("\r\n")
}
