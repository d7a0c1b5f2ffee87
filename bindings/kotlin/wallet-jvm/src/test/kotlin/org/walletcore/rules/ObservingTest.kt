package org.walletcore.rules

import java.util.concurrent.CopyOnWriteArrayList
import kotlin.test.assertEquals
import kotlin.test.assertNull
import kotlin.test.assertTrue
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.channels.ReceiveChannel
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.produceIn
import kotlinx.coroutines.flow.buffer
import kotlinx.coroutines.withTimeout
import kotlinx.coroutines.yield
import org.junit.jupiter.api.Test
import org.walletcore.Outcome
import org.walletcore.Source
import org.walletcore.WalletEvent
import org.walletcore.WalletEvents
import org.walletcore.testing.Pilot
import org.walletcore.testing.Pilot.Party
import org.walletcore.testing.TestWallet
import org.walletcore.testing.test

class ObservingTest {
    private fun <T> Flow<T>.observed(scope: CoroutineScope): ReceiveChannel<T> = buffer(Channel.UNLIMITED).produceIn(scope)

    /** The next element that is so. */
    private suspend fun <T> ReceiveChannel<T>.next(isSo: (T) -> Boolean): T = withTimeout(10_000) {
        var element = receive()
        while (!isSo(element)) element = receive()
        element
    }

    /** It completes. */
    private suspend fun ReceiveChannel<*>.ends() = withTimeout(10_000) {
        while (receiveCatching().isSuccess) yield()
    }

    @Test fun `the list follows the wallet`() = test {
        TestWallet.make().use { wallet ->
            val lists = wallet.credentialLists.observed(this)
            assertEquals(0, lists.receive()?.entries?.size)
            TestWallet.receive(wallet, Pilot.world().issuer(Party.CA).offer)
            lists.next { it?.entries?.size == 2 }
            wallet.delete(wallet.credentials().entries.first().id)
            lists.next { it?.entries?.size == 1 }
            wallet.lock()
            assertNull(lists.receive(), "while it is locked there is no list")
            wallet.unlock(TestWallet.byPassphrase(), "")
            assertEquals(1, lists.receive()?.entries?.size)
            wallet.closeVault()
            lists.ends()
        }
    }

    @Test fun `the history follows the wallet`() = test {
        TestWallet.stocked().use { wallet ->
            val histories = wallet.histories.observed(this)
            val before = histories.receive()?.entries?.size ?: error("locked")
            wallet.decline(Pilot.world().verifier(Party.EU).ask("portrait").uri, Source.SCAN)
            val after = histories.next { it?.entries?.last()?.outcome == Outcome.Sent(200u) }
            assertEquals(before + 1, after?.entries?.size)
            wallet.close()
            histories.ends()
        }
    }

    @Test fun `lock states are told`() = test {
        TestWallet.stocked().use { wallet ->
            val states = wallet.lockStates.observed(this)
            assertTrue(states.receive())
            wallet.lock()
            states.next { !it }
            wallet.unlock(TestWallet.byPassphrase(), "")
            states.next { it }
            wallet.close()
            states.ends()
        }
    }

    @Test fun `changes are told and end with the wallet`() = test {
        TestWallet.stocked().use { wallet ->
            val changes = wallet.changes(WalletEvent.CREDENTIALS_CHANGED).observed(this)
            yield()
            wallet.credentials().entries.forEach { wallet.delete(it.id) }
            assertEquals(WalletEvent.CREDENTIALS_CHANGED, withTimeout(10_000) { changes.receive() })
            wallet.closeVault()
            changes.ends()
        }
    }

    @Test fun `the app's own listener hears, too`() = test {
        val heard = CopyOnWriteArrayList<WalletEvent>()
        val listener = object : WalletEvents {
            override fun happened(event: WalletEvent) {
                heard += event
            }
        }
        TestWallet.stocked(events = listener).use { wallet ->
            wallet.lock()
            assertTrue(WalletEvent.LOCKED in heard)
        }
    }
}
