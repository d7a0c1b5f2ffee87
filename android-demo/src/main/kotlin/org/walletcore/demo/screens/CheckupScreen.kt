package org.walletcore.demo.screens

import org.walletcore.Damage
import org.walletcore.Part
import org.walletcore.isWhole
import org.walletcore.demo.R
import org.walletcore.demo.design.Column
import org.walletcore.demo.design.Tone
import org.walletcore.demo.design.note
import org.walletcore.demo.design.notice
import org.walletcore.demo.design.page
import org.walletcore.demo.model.Model

/** What is damaged, and what to do about each kind of it. */
internal fun checkup(model: Model) = Picture(model.recovery.checkup, model.recovery.task.state) {
    val task = model.recovery.task.state.value
    page(words(R.string.checkup_title), back = { model.navigator.back() }, busy = task.busy) {
        problem(task)
        model.recovery.checkup.value?.let { found ->
            if (found.isWhole) notice(Tone.TRUSTED, ui.words(R.string.checkup_whole))
            found.damaged.groupBy { heading(it) }.forEach { (kind, damages) -> damage(kind, damages) }
            note(ui.counted(R.plurals.checkup_whole_entries, found.whole.toInt()))
        }
    }
}

private fun Column.damage(kind: Pair<Int, Int>, damages: List<Damage>) {
    notice(Tone.DANGER, ui.words(kind.first), ui.words(kind.second))
    note(ui.counted(R.plurals.documents_damaged, damages.size))
}

/** What it is to a citizen, and the next step. */
private fun heading(damage: Damage): Pair<Int, Int> = when (damage.part) {
    Part.CREDENTIAL, Part.COPY, Part.KEY, Part.SUMMARY -> R.string.checkup_documents to R.string.documents_damaged_about
    Part.HISTORY, Part.REFUSALS, Part.IMPORTED -> R.string.checkup_history to R.string.checkup_history_about
    Part.ANCHOR -> R.string.checkup_trust to R.string.checkup_trust_about
    Part.GUARD -> R.string.checkup_guard to R.string.checkup_guard_about
    Part.PENDING, Part.REISSUE -> R.string.checkup_waiting to R.string.checkup_waiting_about
    Part.FILE, Part.MANIFEST -> R.string.checkup_file to R.string.checkup_file_about
}
