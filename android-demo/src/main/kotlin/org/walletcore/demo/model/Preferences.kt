package org.walletcore.demo.model

import java.util.Locale
import kotlinx.coroutines.flow.StateFlow

/** What the citizen chose, kept outside the vault since it is needed before it is open. Nothing of it is secret. */
interface Preferences {
    /** The language of everything that is shown; a change shows at once. */
    val language: StateFlow<Locale>

    var lockAfterMinutes: Int

    fun choose(language: Locale)

    companion object {
        /** The languages that the app speaks, in the order in which they are offered. */
        val LANGUAGES = listOf(Locale("en"), Locale("fr"))
        val LOCK_MINUTES = listOf(1, 5, 15)
    }
}
