package org.walletcore.demo.screens

import org.walletcore.CredentialEntry
import org.walletcore.Format
import org.walletcore.KeyAuthentication
import org.walletcore.KeyProtection
import org.walletcore.Source
import org.walletcore.Standing
import org.walletcore.Verification
import org.walletcore.keyLevelText
import org.walletcore.demo.R
import org.walletcore.demo.design.Column
import org.walletcore.demo.design.Input
import org.walletcore.demo.design.Tone
import org.walletcore.demo.design.Type
import org.walletcore.demo.design.Ui
import org.walletcore.demo.design.Weight
import org.walletcore.demo.design.both
import org.walletcore.demo.design.button
import org.walletcore.demo.design.card
import org.walletcore.demo.design.confirmed
import org.walletcore.demo.design.field
import org.walletcore.demo.design.heading
import org.walletcore.demo.design.note
import org.walletcore.demo.design.notice
import org.walletcore.demo.design.page
import org.walletcore.demo.design.text
import org.walletcore.demo.model.DocumentsPresenter
import org.walletcore.demo.model.Model
import org.walletcore.demo.model.Screen
import org.walletcore.demo.model.Underway
import org.walletcore.demo.model.called
import org.walletcore.demo.model.isWithdrawn
import org.walletcore.demo.model.toBeRead

internal fun documents(model: Model) =
    Picture(
        model.documents.credentials, model.documents.toReissue, model.documents.failure, model.links.task.state, model.interrupted,
        model.statuses.news,
    ) {
        val list = model.documents.credentials.value
        val link = model.links.task.state.value
        page(
            words(R.string.documents_title),
            busy = list == null || link.busy,
            foot = {
                button(ui.words(R.string.add_title)) { model.navigator.push(Screen.Add) }
                both(
                    ui.button(ui.words(R.string.history_title), Weight.QUIET) { model.history.open() },
                    ui.button(ui.words(R.string.settings_title), Weight.QUIET) { model.settings.open() },
                )
            },
        ) {
            interruption(model)
            problem(link)
            problem(model.documents.failure.value)
            if (list != null) {
                statusNews(model.statuses, list.entries)
                val again = model.documents.toReissue.value.size
                if (again > 0) {
                    notice(Tone.PLAIN, ui.counted(R.plurals.reissue_waiting, again))
                    button(ui.words(R.string.reissue_see), Weight.QUIET) { model.navigator.push(Screen.Reissue) }
                }
                if (list.entries.isEmpty()) text(ui.words(R.string.documents_none))
                list.entries.forEach { entry -> documentCard(model.documents, entry) }
                if (list.damaged.isNotEmpty()) {
                    notice(Tone.DANGER, ui.counted(R.plurals.documents_damaged, list.damaged.size), ui.words(R.string.documents_damaged_about))
                    button(ui.words(R.string.checkup_see), Weight.QUIET) { model.recovery.check() }
                }
            }
        }
    }

/** Says what the end of the app broke off, and where to look now. */
private fun Column.interruption(model: Model) {
    val (heading, about) = when (model.interrupted.value ?: return) {
        Underway.LINK -> R.string.interrupted_link to R.string.interrupted_link_about
        Underway.RECEIVE -> R.string.interrupted_receive to R.string.interrupted_receive_about
        Underway.SHARE -> R.string.interrupted_share to R.string.interrupted_share_about
    }
    notice(Tone.WARNING, ui.words(heading), ui.words(about))
    button(ui.words(R.string.interrupted_read), Weight.QUIET) { model.interruptionRead() }
}

private fun Column.documentCard(documents: DocumentsPresenter, entry: CredentialEntry) = card(tap = { documents.open(entry.id) }) {
    text(ui.name(entry.names, entry.typeId), Type.HEADING)
    statusMark(entry.status, documents.isOver(entry))
    text(entry.issuer.called)
    facts(documents, entry).forEach(::note)
}

/** What is worth knowing of a document at a glance. */
private fun Column.facts(documents: DocumentsPresenter, entry: CredentialEntry): List<String> {
    val over = documents.isOver(entry)
    return listOfNotNull(
        (entry.issuer.verification as? Verification.TrustList)?.let { ui.side(it.side) },
        // What was revoked does not count until that day either.
        entry.validUntil?.takeIf { entry.status.standing != Standing.REVOKED }
            ?.let { ui.words(if (over) R.string.valid_no_longer else R.string.valid_until, ui.day(it)) },
        when {
            over || entry.status.isWithdrawn -> null
            entry.needsReissue -> ui.words(R.string.needs_reissue)
            else -> ui.counted(R.plurals.copies_left, entry.freshCopies.toInt())
        },
    )
}

private fun Ui.format(format: Format): String =
    words(if (format == Format.MSO_MDOC) R.string.format_mdoc else R.string.format_sd_jwt)

internal fun document(model: Model, id: String) = Picture(
    model.documents.document, model.documents.protection, model.documents.task.state, model.documents.credentials,
) {
    val shown = model.documents.document.value
    // Its status may change while it is looked at.
    val entry = model.documents.credentials.value?.entries?.firstOrNull { it.id == id } ?: shown?.entry
    val task = model.documents.task.state.value
    page(
        entry?.let { name(it.names, it.typeId) } ?: words(R.string.document),
        back = { model.navigator.back() },
        busy = task.busy,
    ) {
        problem(task)
        if (shown != null && entry != null) {
            party(entry.issuer)
            facts(model.documents, entry).forEach(::note)
            note(ui.format(entry.format))
            status(entry.status, model.documents.isOver(entry))
            heading(ui.words(R.string.document_contents))
            card { shown.claims.toBeRead().forEach { claim(entry.typeId, it) } }
            model.documents.protection.value?.let { protection(it) }
            heading(ui.words(R.string.delete_title))
            val about = if (entry.status.standing == Standing.REVOKED) R.string.delete_about_revoked else R.string.delete_about
            confirmed(
                ui.words(R.string.delete_ask), ui.words(about), ui.words(R.string.cancel), ui.words(R.string.delete_yes),
            ) { model.documents.delete(id) }
        }
    }
}

/** What keeps others from showing this document. */
private fun Column.protection(protection: KeyProtection) {
    heading(ui.words(R.string.document_protection))
    note(keyLevelText(protection.level, ui.tag))
    note(
        ui.words(
            when (protection.authentication) {
                KeyAuthentication.VaultOnly -> R.string.document_protection_wallet
                is KeyAuthentication.Window, KeyAuthentication.EachUse -> R.string.document_protection_phone
            },
        ),
    )
}

internal fun add(model: Model) = Picture(model.links.task.state) {
    val task = model.links.task.state.value
    lateinit var link: android.widget.EditText
    page(
        words(R.string.add_title),
        back = { model.navigator.back() },
        busy = task.busy,
        foot = {
            button(ui.words(R.string.go_on)) {
                val typed = link.text.toString().trim()
                if (typed.isNotEmpty()) model.arrived(typed, Source.PASTE)
            }.isEnabled = !task.busy
        },
    ) {
        if (model.scan.isOffered) button(ui.words(R.string.scan_title), Weight.QUIET) { model.scan.open() }
        text(ui.words(R.string.add_about))
        link = field(ui.words(R.string.add_link), Input.LINK)
        problem(task)
    }
}
