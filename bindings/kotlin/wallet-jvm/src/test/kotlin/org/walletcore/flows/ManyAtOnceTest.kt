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
import org.walletcore.testing.Pilot
import org.walletcore.testing.Pilot.Party
import org.walletcore.testing.TestWallet
import org.walletcore.testing.test

class ManyAtOnceTest {
    @Test fun `fifty readers see the same`() = test {
        TestWallet.stocked().use { wallet ->
            val history = wallet.history().entries.size
            val read = fifty { index -> if (index % 2 == 0) wallet.credentials().entries.size else wallet.history().entries.size }
            assertEquals(List(50) { if (it % 2 == 0) 4 else history }, read)
        }
    }

    @Test fun `fifty requests are declined at once`() = test {
        TestWallet.stocked().use { wallet ->
            val verifier = Pilot.world().verifier(Party.EU)
            val before = wallet.history().entries.size
            val links = fifty { verifier.ask("eu-pid-sd-jwt").uri }
            assertEquals(List(50) { 200 }, fifty { wallet.decline(links[it], Source.SCAN).httpStatus.toInt() })
            val noted = wallet.history().entries.drop(before)
            assertEquals(50, noted.size)
            assertTrue(noted.all { it.outcome == Outcome.Sent(200u) })
            assertTrue(wallet.check().isWhole)
        }
    }

    private suspend fun <T> fifty(call: suspend (Int) -> T): List<T> = coroutineScope {
        List(50) { index -> async(Dispatchers.Default) { call(index) } }.awaitAll()
    }
}
