package org.walletcore.flows

import kotlin.test.assertEquals
import kotlin.test.assertTrue
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.coroutineScope
import org.junit.jupiter.api.Test
import org.walletcore.Outcome
import org.walletcore.Source
import org.walletcore.isWhole
import org.walletcore.testing.Pilot
import org.walletcore.testing.Pilot.Party
import org.walletcore.testing.TestWallet
import org.walletcore.testing.test

class ManyAtOnceTest {
    @Test fun `fifty calls of all kinds give what each gives alone`() = test {
        TestWallet.stocked().use { wallet ->
            val id = wallet.credentials().entries.first().id
            val calls = listOf<suspend () -> Any>(
                { wallet.credentials().entries.size },
                { wallet.history().entries.size },
                { wallet.credential(id).claims.size },
                { wallet.guards() },
                { wallet.isUnlocked() },
            )
            val alone = calls.map { it() }
            assertEquals(List(50) { alone[it % calls.size] }, atOnce(50) { calls[it % calls.size]() })
        }
    }

    /** As many as may wait at a time, or nearly: the core lets 32 requests wait and drops the oldest beyond. */
    @Test fun `thirty requests are declined at once`() = test {
        TestWallet.stocked().use { wallet ->
            val verifier = Pilot.world().verifier(Party.EU)
            val before = wallet.history().entries.size
            val links = atOnce(30) { verifier.ask("eu-pid-sd-jwt").uri }
            assertEquals(List(30) { 200 }, atOnce(30) { wallet.decline(links[it], Source.SCAN).httpStatus.toInt() })
            val noted = wallet.history().entries.drop(before)
            assertEquals(30, noted.size)
            assertTrue(noted.all { it.outcome == Outcome.Sent(200u) })
            assertTrue(wallet.check().isWhole)
        }
    }

    private suspend fun <T> atOnce(times: Int, call: suspend (Int) -> T): List<T> = coroutineScope {
        List(times) { index -> async(Dispatchers.Default) { call(index) } }.awaitAll()
    }
}
