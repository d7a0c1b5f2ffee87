package org.walletcore

import java.util.Locale

/** The details. They hold no claim's value, no secret and no text from outside. */
val WalletException.fault: Fault
    get() = when (this) {
        is WalletException.Retry -> fault
        is WalletException.Unlock -> fault
        is WalletException.AskCitizen -> fault
        is WalletException.Refused -> fault
        is WalletException.Reissue -> fault
        is WalletException.Recover -> fault
        is WalletException.Update -> fault
        is WalletException.Report -> fault
    }

/** The stable code. */
val WalletException.code: Code get() = fault.code

/** The section of the standard that was broken or that says what to do; and what else is known of the code. */
val WalletException.details: CodeDetails get() = codeDetails(code)

/** What happened, in one or two sentences for the citizen (English where the core lacks the language). */
fun WalletException.text(locale: Locale): String = faultMessage(fault, locale.toLanguageTag())

/** What the citizen can do now, in one sentence. */
fun WalletException.action(locale: Locale): String = faultAction(fault, locale.toLanguageTag())

/** For a log: the printed number, the code and its section of the standard. */
val WalletException.logged: String get() = details.let { "${it.printed} $code [${it.spec}]" }

/** What a panic of the core becomes; its message may hold anything and stays behind. */
internal fun coreFailed(): WalletException = WalletException.Report(Fault(Code.INTERNAL, null, null, null, null))
