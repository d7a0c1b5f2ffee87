package org.walletcore.demo.model

import org.walletcore.ClaimLocation
import org.walletcore.Step

/** Whether a claim is about the document itself and not about its holder: it means nothing to whoever reads it. */
val ClaimLocation.isTechnical: Boolean get() = (firstOrNull() as? Step.Key)?.v1 in TECHNICAL

/** SD-JWT VC 2.2.2.2, but for who issued it, which says something. */
private val TECHNICAL = setOf("cnf", "exp", "iat", "nbf", "status", "vct", "vct#integrity")
