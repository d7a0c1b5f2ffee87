package org.walletcore.testing

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.walletcore.Code
import org.walletcore.WalletException
import org.walletcore.code

/** A test that suspends and that ends within two minutes. */
fun test(body: suspend CoroutineScope.() -> Unit): Unit = runBlocking { withTimeout(120_000) { body() } }

/** The code of the error that a call gives; `null` when it gives none. */
suspend fun codeOf(call: suspend () -> Unit): Code? = try {
    call()
    null
} catch (failure: WalletException) {
    failure.code
}

/** Waits until something holds. */
suspend fun until(holds: () -> Boolean) {
    repeat(1000) {
        if (holds()) return
        delay(10)
    }
    throw AssertionError("what was waited for did not happen")
}
