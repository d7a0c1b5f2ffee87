package org.walletcore.demo.screens

import android.view.View
import org.walletcore.CredentialEntry
import org.walletcore.CredentialStatus
import org.walletcore.Lapse
import org.walletcore.Standing
import org.walletcore.standingText
import org.walletcore.demo.R
import org.walletcore.demo.design.Column
import org.walletcore.demo.design.Tone
import org.walletcore.demo.design.Type
import org.walletcore.demo.design.Ui
import org.walletcore.demo.design.Weight
import org.walletcore.demo.design.button
import org.walletcore.demo.design.heading
import org.walletcore.demo.design.mark
import org.walletcore.demo.design.note
import org.walletcore.demo.design.notice
import org.walletcore.demo.design.text
import org.walletcore.demo.model.Lapsed
import org.walletcore.demo.model.StatusWatch
import org.walletcore.demo.model.isUnconfirmed

// Whether a document counts, by its issuer's status list: in the list, in its details, and where it is missed.

/** What is wrong with a document's status. */
private enum class Concern(val standing: Standing, val tone: Tone, val about: Int) {
    REVOKED(Standing.REVOKED, Tone.DANGER, R.string.status_revoked_about),
    SUSPENDED(Standing.SUSPENDED, Tone.WARNING, R.string.status_suspended_about),
    UNCONFIRMED(Standing.UNKNOWN, Tone.PLAIN, R.string.status_unknown_about),
}

private fun concern(status: CredentialStatus, over: Boolean): Concern? = when {
    status.standing == Standing.REVOKED -> Concern.REVOKED
    status.standing == Standing.SUSPENDED -> Concern.SUSPENDED
    status.isUnconfirmed && !over -> Concern.UNCONFIRMED
    else -> null
}

/** At a glance: nothing where nothing is wrong. Of a document whose time is `over` it does not matter who could confirm it. */
internal fun Column.statusMark(status: CredentialStatus, over: Boolean) {
    concern(status, over)?.let { mark(it.tone, ui.standing(it.standing)) }
}

/** In full: what is known, what follows from it, and how old that is. */
internal fun Column.status(status: CredentialStatus, over: Boolean) {
    val concern = concern(status, over)
    if (over && concern == null) return
    heading(ui.words(R.string.document_status))
    if (concern == null) text(ui.standing(status.standing), Type.STRONG)
    else notice(concern.tone, ui.standing(concern.standing), ui.words(concern.about))
    val checkedAt = status.checkedAt
    note(
        when {
            status.standing == Standing.UNLISTED -> ui.words(R.string.status_unlisted_about)
            checkedAt == null -> ui.words(R.string.status_checked_never)
            concern == null || concern.standing == status.standing -> ui.words(R.string.status_checked, ui.moment(checkedAt))
            else -> ui.words(R.string.status_last_known, ui.moment(checkedAt), ui.standing(status.standing))
        },
    )
}

private fun Ui.standing(standing: Standing) = standingText(standing, tag)

/** What changed since the citizen last looked, until they say that they have read it. */
internal fun Column.statusNews(watch: StatusWatch, entries: List<CredentialEntry>) {
    // The same document in two formats is one piece of news.
    val news = entries.filter { it.id in watch.news.value }.mapNotNull { ui.news(it) }.distinct()
    if (news.isEmpty()) return
    for ((tone, heading, about) in news) notice(tone, heading, about).accessibilityLiveRegion = View.ACCESSIBILITY_LIVE_REGION_POLITE
    button(ui.words(R.string.interrupted_read), Weight.QUIET) { watch.told() }
}

private fun Ui.news(entry: CredentialEntry): Triple<Tone, String, String>? {
    val (tone, heading, about) = when (entry.status.standing) {
        Standing.REVOKED -> Triple(Tone.DANGER, R.string.status_now_revoked, R.string.status_revoked_about)
        Standing.SUSPENDED -> Triple(Tone.WARNING, R.string.status_now_suspended, R.string.status_suspended_about)
        Standing.VALID -> Triple(Tone.TRUSTED, R.string.status_now_valid, R.string.status_now_valid_about)
        // Its mark in the list says so.
        Standing.UNKNOWN, Standing.UNLISTED -> return null
    }
    return Triple(tone, words(heading, name(entry.names, entry.typeId)), words(about))
}

/** A document that would have answered, why it does not, and what to do now. */
internal fun Column.lapsed(lapsed: Lapsed) {
    val (why, next) = when (lapsed.reason) {
        Lapse.EXPIRED -> R.string.share_lapsed_expired to R.string.share_lapsed_renew
        Lapse.NOT_YET_VALID -> R.string.share_lapsed_not_yet to R.string.share_lapsed_not_yet_about
        Lapse.WITHDRAWN ->
            if (lapsed.entry.status.standing == Standing.REVOKED) R.string.share_lapsed_revoked to R.string.share_lapsed_renew
            else R.string.share_lapsed_suspended to R.string.share_lapsed_suspended_about
    }
    val name = ui.name(lapsed.entry.names, lapsed.entry.typeId)
    notice(Tone.PLAIN, ui.words(why, name, lapsed.day?.let { ui.day(it) }.orEmpty()), ui.words(next))
}
