package org.walletcore.demo.screens

import org.walletcore.Registration
import org.walletcore.RegistrationDetails
import org.walletcore.SupervisoryAuthority
import org.walletcore.localizedText
import org.walletcore.demo.R
import org.walletcore.demo.design.Column
import org.walletcore.demo.design.Type
import org.walletcore.demo.design.Ui
import org.walletcore.demo.design.heading
import org.walletcore.demo.design.note
import org.walletcore.demo.design.row
import org.walletcore.demo.design.text
import org.walletcore.demo.model.host

// What a verifier is registered for: on the screen that asks for a yes, and in the history.

/** What they want it for, in the citizen's language where they say it in that. */
internal fun Column.purpose(registration: Registration?) {
    val details = (registration as? Registration.Valid)?.details
    val purpose = details?.let { ui.purpose(it) }
    if (purpose == null) return note(ui.words(R.string.share_no_purpose)).let {}
    heading(ui.words(R.string.share_what_for))
    text(purpose, Type.STRONG)
    localizedText(details.serviceDescriptions, ui.tag)?.let(::note)
    note(ui.words(R.string.share_registered_with, details.registrar))
}

/** Where to read what they do with it, ask them, and complain. A tap leaves the wallet. */
internal fun Column.registered(registration: Registration?, read: (String) -> Unit) {
    val details = (registration as? Registration.Valid)?.details ?: return
    val links = ui.links(details)
    val contacts = details.supervisoryAuthority?.contacts().orEmpty()
    if (links.isEmpty() && contacts.isEmpty()) return
    heading(ui.words(R.string.share_your_rights))
    for ((words, address) in links) {
        row(words, host(address)) { read(address) }.contentDescription = ui.words(R.string.share_opens, words, host(address))
    }
    if (contacts.isNotEmpty()) note(ui.words(R.string.share_complain_to, contacts.joinToString()))
}

/** The same for the history, line by line. */
internal fun Ui.registered(registration: Registration?): List<String> = when (registration) {
    null -> emptyList()
    is Registration.Invalid -> listOf(words(R.string.share_unconfirmed), number(registration.code))
    is Registration.Valid -> {
        val details = registration.details
        val contacts = details.supervisoryAuthority?.contacts().orEmpty()
        listOfNotNull(
            purpose(details)?.let { words(R.string.history_what_for, it) },
            words(R.string.share_registered_with, listOfNotNull(details.registrar, details.registryUri).joinToString()),
        ) + links(details).map { (words, address) -> "$words\n$address" } +
            listOfNotNull(words(R.string.share_complain_to, contacts.joinToString()).takeIf { contacts.isNotEmpty() })
    }
}

private fun Ui.purpose(details: RegistrationDetails): String? = localizedText(details.purposes, tag)

private fun Ui.links(details: RegistrationDetails): List<Pair<String, String>> = listOfNotNull(
    details.privacyPolicy?.let { words(R.string.share_privacy) to it },
    details.supportUri?.let { words(R.string.share_support) to it },
    details.supervisoryAuthority?.uri?.let { words(R.string.share_complain) to it },
)

private fun SupervisoryAuthority.contacts(): List<String> = listOfNotNull(name, email, phone)
