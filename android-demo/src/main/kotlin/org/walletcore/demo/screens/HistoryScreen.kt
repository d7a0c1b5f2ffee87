package org.walletcore.demo.screens

import org.walletcore.HistoryEvent
import org.walletcore.LoggedEntry
import org.walletcore.PastTransaction
import org.walletcore.demo.R
import org.walletcore.demo.design.Column
import org.walletcore.demo.design.Tone
import org.walletcore.demo.design.Type
import org.walletcore.demo.design.Ui
import org.walletcore.demo.design.Weight
import org.walletcore.demo.design.button
import org.walletcore.demo.design.card
import org.walletcore.demo.design.chips
import org.walletcore.demo.design.confirmed
import org.walletcore.demo.design.heading
import org.walletcore.demo.design.note
import org.walletcore.demo.design.notice
import org.walletcore.demo.design.page
import org.walletcore.demo.design.text
import org.walletcore.demo.model.HistoryPresenter
import org.walletcore.demo.model.HistoryPresenter.Filter
import org.walletcore.demo.model.Model
import org.walletcore.demo.model.called

internal fun history(model: Model) = Picture(model.history.state, model.history.failure, model.history.task.state) {
    val history = model.history
    val state = history.state.value
    val task = history.task.state.value
    page(words(R.string.history_title), back = { model.navigator.back() }, busy = state.log == null || task.busy) {
        problem(history.failure.value)
        problem(task)
        note(ui.words(R.string.history_about))
        if (state.log != null) {
            if (!state.log.isWhole) notice(Tone.DANGER, ui.words(R.string.history_broken), ui.words(R.string.history_broken_about))
            chips(Filter.values().toList(), state.filter, { ui.filter(it) }) { history.show(it) }
            state.party?.let { party ->
                notice(Tone.PLAIN, ui.words(R.string.history_only, party.called))
                button(ui.words(R.string.history_everybody), Weight.QUIET) { history.showEverybody() }
            }
            entries(history, state)
            if (state.log.entries.isNotEmpty()) care(history, state)
            if (state.past.isNotEmpty() && state.party == null) past(state.past)
        }
    }
}

private fun Column.entries(history: HistoryPresenter, state: HistoryPresenter.State) {
    val entries = state.entries
    if (entries.isEmpty()) text(ui.words(if (state.log?.entries.isNullOrEmpty()) R.string.history_none else R.string.history_none_of_these))
    entries.forEach { logged ->
        card(tap = { history.look(logged.number) }) {
            text(ui.what(logged.entry.event), Type.STRONG)
            note(ui.moment(logged.entry.at))
            if (logged.entry.event is HistoryEvent.Sending) note(ui.outcome(logged.outcome))
        }
    }
    val log = state.log
    if (log != null && log.unauthenticatedRefusals.isNotEmpty() && state.filter in setOf(Filter.ALL, Filter.REFUSED)) {
        note(ui.counted(R.plurals.history_refused_unknown, log.unauthenticatedRefusals.size + log.olderRefusals.toInt()))
    }
}

/** Taking it along, and deleting it. */
private fun Column.care(history: HistoryPresenter, state: HistoryPresenter.State) {
    heading(ui.words(R.string.history_care))
    if (state.entries.isNotEmpty()) {
        note(ui.words(R.string.history_export_about))
        button(ui.words(R.string.history_export), Weight.QUIET) {
            history.export(ui.words(R.string.history_file), ui.historyText(state.entries))
        }
        if (state.saved) notice(Tone.TRUSTED, ui.words(R.string.file_saved))
    }
    confirmed(
        ui.words(R.string.history_delete_all),
        ui.words(R.string.history_delete_all_about),
        ui.words(R.string.cancel),
        ui.words(R.string.delete_yes),
    ) { history.deleteAll() }
}

/** What another wallet wrote down; the newest first. */
private fun Column.past(transactions: List<PastTransaction>) {
    heading(ui.words(R.string.history_past))
    note(ui.words(R.string.history_past_about))
    transactions.sortedByDescending { it.at }.forEach { transaction ->
        card {
            text(ui.what(transaction), Type.STRONG)
            note(ui.moment(transaction.at))
            if (!transaction.completed) note(ui.words(R.string.history_past_not_completed))
        }
    }
}

private fun Ui.filter(filter: Filter): String = words(
    when (filter) {
        Filter.ALL -> R.string.history_filter_all
        Filter.SHARED -> R.string.history_filter_shared
        Filter.REFUSED -> R.string.history_filter_refused
        Filter.RECEIVED -> R.string.history_filter_received
    },
)

internal fun historyEntry(model: Model, number: ULong) = Picture(model.history.state, model.history.task.state) {
    val history = model.history
    val task = history.task.state.value
    val logged = history.state.value.entry(number)
    page(words(R.string.history_entry), back = { model.navigator.back() }, busy = task.busy) {
        problem(task)
        if (logged != null) details(history, logged)
    }
}

private fun Column.details(history: HistoryPresenter, logged: LoggedEntry) {
    val event = logged.entry.event
    text(ui.what(event), Type.STRONG)
    ui.about(logged).forEach(::text)
    HistoryPresenter.party(event)?.let { party ->
        party(party)
        button(ui.words(R.string.history_show_only, party.called), Weight.QUIET) { history.showOnly(party) }
    }
    // What says that something was deleted stays, or nobody would notice that something is missing.
    if (event is HistoryEvent.EntriesDeleted) note(ui.words(R.string.history_stays))
    else confirmed(
        ui.words(R.string.history_delete),
        ui.words(R.string.history_delete_about),
        ui.words(R.string.cancel),
        ui.words(R.string.delete_yes),
    ) { history.delete(logged.number) }
}
