package org.walletcore.flows

import kotlin.test.assertEquals
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.coroutineScope
import org.junit.jupiter.api.Test
import org.walletcore.Code
import org.walletcore.testing.CountingHttpClient
import org.walletcore.testing.Pilot
import org.walletcore.testing.Pilot.Party
import org.walletcore.testing.TestWallet
import org.walletcore.testing.codeOf
import org.walletcore.testing.test

/** Two at once: one message leaves, and the other call gives `already used`. */
class OnceTest {
    @Test fun `two sends give one message`() = once("eu-pid-sd-jwt") { request ->
        val consent = TestWallet.leastConsent(request)
        listOf({ request.send(consent, "") }, { request.send(consent, "") })
    }

    @Test fun `two declines give one message`() = once("portrait") { request ->
        listOf({ request.decline() }, { request.decline() })
    }

    @Test fun `a send and a decline give one message`() = once("eu-pid-sd-jwt") { request ->
        val consent = TestWallet.leastConsent(request)
        listOf({ request.send(consent, "") }, { request.decline() })
    }

    @Test fun `two keeps keep once`() = test {
        TestWallet.make().use { wallet ->
            val preview = TestWallet.offer(wallet, Pilot.world().issuer(Party.CA).offer).accept(null, "")
            assertEquals(listOf(Code.ALREADY_USED), errors(listOf({ preview.keep() }, { preview.keep() })))
            assertEquals(2, wallet.credentials().entries.size)
        }
    }

    private fun once(
        query: String,
        calls: suspend (org.walletcore.PresentationRequest) -> List<suspend () -> Any?>,
    ) = test {
        val http = CountingHttpClient(TestWallet.http())
        TestWallet.stocked(http = http).use { wallet ->
            val verifier = Pilot.world().verifier(Party.EU)
            val request = TestWallet.request(wallet, verifier.ask(query).uri)
            assertEquals(listOf(Code.ALREADY_USED), errors(calls(request)))
            assertEquals(1, http.posts(to = verifier.url))
        }
    }

    /** The codes of the errors of calls at once. */
    private suspend fun errors(calls: List<suspend () -> Any?>): List<Code> = coroutineScope {
        calls.map { call -> async(Dispatchers.Default) { codeOf { call() } } }.awaitAll().filterNotNull()
    }
}
