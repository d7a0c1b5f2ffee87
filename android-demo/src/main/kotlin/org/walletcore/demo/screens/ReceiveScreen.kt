package org.walletcore.demo.screens

import android.widget.EditText
import org.walletcore.Code
import org.walletcore.Localized
import org.walletcore.OfferDetails
import org.walletcore.WalletException
import org.walletcore.code
import org.walletcore.demo.R
import org.walletcore.demo.design.Input
import org.walletcore.demo.design.Tone
import org.walletcore.demo.design.Type
import org.walletcore.demo.design.Ui
import org.walletcore.demo.design.Weight
import org.walletcore.demo.design.both
import org.walletcore.demo.design.button
import org.walletcore.demo.design.card
import org.walletcore.demo.design.field
import org.walletcore.demo.design.heading
import org.walletcore.demo.design.note
import org.walletcore.demo.design.notice
import org.walletcore.demo.design.page
import org.walletcore.demo.design.text
import org.walletcore.demo.model.ReceivePresenter
import org.walletcore.demo.model.Task
import org.walletcore.demo.model.toBeRead

internal fun receive(receive: ReceivePresenter) = Picture(receive.state, receive.task.state) {
    val task = receive.task.state.value
    when (val state = receive.state.value) {
        ReceivePresenter.State.Nothing -> page(words(R.string.receive_title)) {}
        is ReceivePresenter.State.Offered -> offered(receive, state.details, task)
        is ReceivePresenter.State.Received -> received(receive, state, task)
        is ReceivePresenter.State.Kept -> told(receive, Tone.TRUSTED, counted(R.plurals.receive_kept, state.count))
        ReceivePresenter.State.Discarded ->
            told(receive, Tone.PLAIN, words(R.string.receive_discarded), words(R.string.receive_discarded_about))
        is ReceivePresenter.State.Failed -> page(
            words(R.string.receive_failed),
            foot = {
                val done = ui.button(ui.words(R.string.done)) { receive.leave() }
                if (state.canTryAgain) both(done, ui.button(ui.words(R.string.try_again)) { receive.again() }) else add(done)
            },
        ) {
            why(state.failure)?.let { (heading, next) -> notice(Tone.WARNING, ui.words(heading), ui.words(next)) }
            problem(state.failure)
        }
    }
}

private fun Ui.told(receive: ReceivePresenter, tone: Tone, heading: String, about: String? = null) = page(
    words(R.string.receive_title),
    foot = { button(ui.words(R.string.done)) { receive.leave() } },
) { notice(tone, heading, about) }

private fun Ui.offered(receive: ReceivePresenter, details: OfferDetails, task: Task.State): android.view.View {
    var code: EditText? = null
    return page(
        words(R.string.offer_title),
        busy = task.busy,
        foot = {
            both(
                ui.button(ui.words(R.string.offer_stop)) { receive.leave() },
                ui.button(ui.words(R.string.go_on)) { receive.accept(code?.text) }.apply { isEnabled = !task.busy },
            )
        },
    ) {
        // The name is the issuer's own word; the address is what the connection vouches for.
        notice(Tone.PLAIN, ui.best(details.issuerNames) ?: details.issuer, ui.words(R.string.offer_address, details.issuer))
        heading(ui.words(R.string.offer_contents))
        details.credentials.forEach { offered -> card { text(ui.name(offered.names, offered.typeId), Type.STRONG) } }
        details.txCode?.let { asked ->
            heading(ui.words(R.string.tx_code_title))
            note(asked.description ?: ui.words(R.string.tx_code_about))
            code = field(ui.words(R.string.tx_code), if (asked.numeric) Input.DIGITS else Input.CODE)
        }
        problem(task)
    }
}

private fun Ui.best(names: List<Localized>): String? =
    (names.firstOrNull { it.locale.substringBefore('-') == locale.language } ?: names.firstOrNull())?.text

private fun Ui.received(receive: ReceivePresenter, state: ReceivePresenter.State.Received, task: Task.State) = page(
    words(R.string.preview_title),
    busy = task.busy,
    foot = {
        button(ui.words(R.string.preview_not_me), Weight.QUIET) { receive.discard() }.isEnabled = !task.busy
        both(
            ui.button(ui.words(R.string.preview_no)) { receive.discard() }.apply { isEnabled = !task.busy },
            ui.button(ui.words(R.string.preview_keep)) { receive.keep() }.apply { isEnabled = !task.busy },
        )
    },
) {
    text(ui.words(R.string.preview_about))
    problem(task)
    if (state.known) notice(Tone.PLAIN, ui.words(R.string.receive_known), ui.words(R.string.receive_known_about))
    state.credentials.firstOrNull()?.let { party(it.issuer) }
    state.credentials.forEach { credential ->
        heading(ui.name(credential.names, credential.typeId))
        credential.validUntil?.let { note(ui.words(R.string.valid_until, ui.day(it))) }
        note(ui.counted(R.plurals.copies_given, credential.copies.toInt()))
        card { credential.claims.toBeRead().forEach { claim(credential.typeId, it) } }
    }
}

/** What it is to the citizen, and the next step, where there is one that the core cannot know. */
private fun why(failure: WalletException): Pair<Int, Int>? = when (failure.code) {
    Code.NETWORK_INTERRUPTED, Code.NETWORK_TIMED_OUT, Code.NETWORK_UNREACHABLE -> R.string.receive_lost to R.string.receive_lost_about
    Code.DEFERRED_UNSUPPORTED -> R.string.receive_later to R.string.receive_later_about
    Code.ANCHOR_UNKNOWN -> R.string.receive_unlisted to R.string.receive_unlisted_about
    else -> null
}
