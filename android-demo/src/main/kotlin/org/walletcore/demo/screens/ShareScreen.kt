package org.walletcore.demo.screens

import org.walletcore.QuestionCandidate
import org.walletcore.QuestionClaim
import org.walletcore.QuestionOption
import org.walletcore.Selection
import org.walletcore.Warning
import org.walletcore.claimLabel
import org.walletcore.credentialLabel
import org.walletcore.warningText
import org.walletcore.demo.R
import org.walletcore.demo.design.Column
import org.walletcore.demo.design.Tone
import org.walletcore.demo.design.Type
import org.walletcore.demo.design.Ui
import org.walletcore.demo.design.Weight
import org.walletcore.demo.design.both
import org.walletcore.demo.design.button
import org.walletcore.demo.design.card
import org.walletcore.demo.design.heading
import org.walletcore.demo.design.mark
import org.walletcore.demo.design.note
import org.walletcore.demo.design.notice
import org.walletcore.demo.design.oneOf
import org.walletcore.demo.design.page
import org.walletcore.demo.design.row
import org.walletcore.demo.design.text
import org.walletcore.demo.design.tick
import org.walletcore.demo.model.Lapsed
import org.walletcore.demo.model.SharePresenter
import org.walletcore.demo.model.SharePresenter.Approval
import org.walletcore.demo.model.SharePresenter.Item
import org.walletcore.demo.model.SharePresenter.State
import org.walletcore.demo.model.called
import org.walletcore.demo.model.isTechnical

internal fun share(share: SharePresenter) = Picture(share.state, share.task.state) {
    when (val state = share.state.value) {
        State.Nothing -> page(words(R.string.share_title)) {}
        is State.Asked -> asked(share, state)
        is State.Sent -> sent(share, state)
        is State.Declined -> {
            val about = if (state.heard) R.string.share_declined_about else R.string.share_declined_unheard_about
            outcome(share, Tone.PLAIN, words(R.string.share_declined), words(about, state.verifier))
        }
        is State.Uncertain ->
            outcome(share, Tone.WARNING, words(R.string.share_uncertain), words(R.string.share_uncertain_about, state.verifier))
        is State.Failed -> page(
            words(R.string.share_failed),
            foot = { button(ui.words(R.string.done)) { share.leave() } },
        ) { problem(state.failure) }
    }
}

private fun Ui.outcome(share: SharePresenter, tone: Tone, heading: String, about: String) = page(
    heading,
    foot = { button(ui.words(R.string.done)) { share.leave() } },
) { notice(tone, about) }

/** Sent; who came from the verifier's page on this phone goes back there. */
private fun Ui.sent(share: SharePresenter, state: State.Sent) = page(
    words(R.string.share_sent),
    foot = {
        if (state.goOn != null) button(ui.words(R.string.share_go_on, state.verifier)) { share.goOn() }
        button(ui.words(R.string.done), if (state.goOn == null) Weight.STRONG else Weight.QUIET) { share.leave() }
    },
) { notice(Tone.TRUSTED, ui.words(R.string.share_sent_about, state.verifier)) }

private fun Ui.asked(share: SharePresenter, state: State.Asked): android.view.View {
    val task = share.task.state.value
    return page(
        words(R.string.share_title),
        busy = task.busy,
        foot = {
            both(
                ui.button(ui.words(R.string.share_no)) { share.decline() }.apply { isEnabled = !task.busy },
                ui.button(ui.words(R.string.share_yes)) { share.share() }.apply {
                    // What cannot be shared has no such button.
                    visibility = if (state.choice == null) android.view.View.GONE else android.view.View.VISIBLE
                    isEnabled = state.canShare && !task.busy
                },
            )
        },
    ) {
        party(state.details.verifier)
        purpose(state.details.registration)
        problem(task)
        if (state.choice == null) nothingFits(state.lapsed) else contents(share, state)
        history(state)
        registered(state.details.registration) { share.read(it) }
        if (state.choice != null) approvals(share, state)
    }
}

private fun Column.nothingFits(lapsed: List<Lapsed>) {
    notice(Tone.WARNING, ui.words(R.string.share_nothing_fits), ui.words(R.string.share_nothing_fits_about))
    lapsed.forEach(::lapsed)
}

private fun Column.contents(share: SharePresenter, state: State.Asked) {
    heading(ui.words(R.string.share_asks))
    for (selection in checkNotNull(state.choice).selections) {
        val question = state.details.questions.first { it.queryId == selection.queryId }
        val candidate = question.candidates.first { it.credential == selection.credential }
        card {
            text(credentialLabel(candidate.typeId, ui.tag), Type.HEADING)
            items(share, state, candidate, candidate.options[selection.option.toInt()])
        }
        if (question.candidates.size > 1) {
            heading(ui.words(R.string.share_which_document))
            oneOf(question.candidates, candidate, { ui.candidate(it) }) {
                share.choose(Selection(selection.queryId, it.credential, it.least))
            }
        }
        if (candidate.options.size > 1) {
            heading(ui.words(R.string.share_which_claims))
            oneOf(candidate.options.indices.toList(), selection.option.toInt(), { ui.option(candidate, candidate.options[it]) }) {
                share.choose(selection.copy(option = it.toUInt()))
            }
        }
    }
    // What needs a second yes is said where that is asked for.
    val warnings = state.warnings.filter { SharePresenter.approval(it) == null }
    warnings.map { it to warningText(it, ui.tag) }.distinctBy { it.second }.forEach { (warning, words) -> notice(tone(warning), words) }
    if (!state.details.encrypted) note(ui.words(R.string.share_not_encrypted))
    note(ui.words(R.string.share_rest_stays))
}

/** Each item that is asked for: its value comes into sight when it is tapped. */
private fun Column.items(share: SharePresenter, state: State.Asked, candidate: QuestionCandidate, option: QuestionOption) {
    for (asked in option.claims) for (location in asked.locations) {
        val item = Item(candidate.credential, location)
        val shown = state.revealed[item]
        val label = claimLabel(candidate.typeId, location, ui.tag)
        if (shown != null) claim(candidate.typeId, shown)
        else row(label, ui.words(R.string.share_see)) { share.reveal(item) }.apply {
            contentDescription = ui.words(R.string.share_tap_to_see, label)
        }
        if (asked.asksForMore) mark(Tone.WARNING, ui.words(R.string.share_more_than_registered))
        retained(asked)
    }
    val (technical, besides) = option.revealedBesides.partition { it.isTechnical }
    if (besides.isNotEmpty()) note(ui.words(R.string.share_besides, besides.joinToString { claimLabel(candidate.typeId, it, ui.tag) }))
    if (technical.isNotEmpty()) note(ui.words(R.string.share_besides_technical))
}

private fun Column.retained(claim: QuestionClaim) {
    when (claim.intentToRetain) {
        true -> note(ui.words(R.string.share_kept_by_verifier))
        false -> note(ui.words(R.string.share_not_kept_by_verifier))
        null -> Unit
    }
}

private fun Ui.candidate(candidate: QuestionCandidate): String {
    val label = credentialLabel(candidate.typeId, tag)
    return words(R.string.share_candidate, label, candidate.options[candidate.least.toInt()].claims.sumOf { it.locations.size })
}

private fun Ui.option(candidate: QuestionCandidate, option: QuestionOption): String =
    option.claims.flatMap { it.locations }.joinToString { claimLabel(candidate.typeId, it, tag) }

private fun Column.history(state: State.Asked) {
    val before = state.sharedBefore
    note(
        if (state.historyIsBroken) ui.words(R.string.share_before_unknown)
        else if (before == null) ui.words(R.string.share_first_time)
        else ui.context.resources.getQuantityString(R.plurals.share_before, before.times.toInt(), before.times.toInt(), ui.day(before.lastAt)),
    )
}

/** The second yes to each thing that needs one: named, and unticked until the citizen ticks it. */
private fun Column.approvals(share: SharePresenter, state: State.Asked) {
    for ((approval, warning) in state.approvals) {
        val (heading, yes) = when (approval) {
            Approval.UNKNOWN_NAME -> R.string.share_unknown to R.string.share_approve
            Approval.UNCONFIRMED_REGISTRATION -> R.string.share_unconfirmed to R.string.share_approve_unconfirmed
            Approval.MORE_THAN_REGISTERED -> R.string.share_more to R.string.share_approve_more
        }
        notice(Tone.WARNING, ui.words(heading), warningText(warning, ui.tag))
        tick(ui.words(yes, state.details.verifier.called), approval in state.approved) { share.approve(approval, it) }
    }
}

private fun tone(warning: Warning): Tone = when (warning) {
    Warning.NotEncrypted -> Tone.WARNING
    else -> Tone.PLAIN
}
