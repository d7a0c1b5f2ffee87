package org.walletcore.demo.model

/** The sentences that the platform's dialogs show, in the citizen's language: the core hands them on. */
interface Words {
    val setPin: String
    val unlock: String
    val receive: String
    fun shareWith(verifier: String): String
}
