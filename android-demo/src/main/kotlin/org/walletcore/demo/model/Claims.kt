package org.walletcore.demo.model

import org.walletcore.Claim
import org.walletcore.ClaimLocation
import org.walletcore.Step

/** Whether a claim is about the document itself and not about its holder: it means nothing to whoever reads it. */
val ClaimLocation.isTechnical: Boolean get() = (firstOrNull() as? Step.Key)?.v1 in TECHNICAL

/** SD-JWT VC 2.2.2.2, but for who issued it, which says something. */
private val TECHNICAL = setOf("cnf", "exp", "iat", "nbf", "status", "vct", "vct#integrity")

/** As a person looks at a document: the portrait, who it is, and then the rest as it comes. */
fun List<Claim>.toBeRead(): List<Claim> = sortedBy { claim ->
    val name = (claim.location().lastOrNull() as? Step.Key)?.v1
    FIRST.indexOf(name).let { if (it < 0) FIRST.size else it }
}

/** The names that the PID and the driving licence have for them. */
private val FIRST = listOf("portrait", "picture", "given_name", "family_name", "birth_date", "birthdate")
