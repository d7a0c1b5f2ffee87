package org.walletcore.demo.screens

import org.walletcore.WalletException
import org.walletcore.action
import org.walletcore.details
import org.walletcore.text
import org.walletcore.demo.R
import org.walletcore.demo.design.Column
import org.walletcore.demo.design.Tone
import org.walletcore.demo.design.note
import org.walletcore.demo.design.notice
import org.walletcore.demo.model.Task

/** What went wrong and what to do now, in the core's words; with the number that a helper asks for. */
fun Column.problem(failure: WalletException?) {
    if (failure == null) return
    notice(Tone.DANGER, failure.text(ui.locale), failure.action(ui.locale)).accessibilityLiveRegion =
        android.view.View.ACCESSIBILITY_LIVE_REGION_POLITE
    note(ui.words(R.string.problem_number, failure.details.printed))
}

fun Column.problem(state: Task.State) = problem(state.failure)
