package org.walletcore.demo.model

import org.walletcore.CredentialEntry
import org.walletcore.Lapse
import org.walletcore.Question

/** A document of the citizen's that would answer a question if it counted now. */
data class Lapsed(val entry: CredentialEntry, val reason: Lapse) {
    /** Since when its time is over, or from when on it counts; `null` when that is not why. */
    val day: Long?
        get() = when (reason) {
            Lapse.EXPIRED -> entry.validUntil
            Lapse.NOT_YET_VALID -> entry.validFrom
            Lapse.WITHDRAWN -> null
        }

    companion object {
        /** Those of the questions that nothing answers, each document once. */
        fun of(questions: List<Question>, held: List<CredentialEntry>): List<Lapsed> = questions
            .filter { it.candidates.isEmpty() }
            .flatMap { it.lapsed }
            .distinctBy { it.credential }
            .mapNotNull { lapsed -> held.firstOrNull { it.id == lapsed.credential }?.let { Lapsed(it, lapsed.reason) } }
    }
}
