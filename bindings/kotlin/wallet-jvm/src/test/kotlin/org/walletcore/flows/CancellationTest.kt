package org.walletcore.flows

import java.net.URLEncoder
import kotlin.test.assertEquals
import kotlin.test.assertTrue
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds
import kotlin.time.measureTime
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import org.junit.jupiter.api.Test
import org.walletcore.Code
import org.walletcore.Outcome
import org.walletcore.Source
import org.walletcore.isWhole
import org.walletcore.testing.CountingHttpClient
import org.walletcore.testing.HeldHttpClient
import org.walletcore.testing.Pilot
import org.walletcore.testing.Pilot.Party
import org.walletcore.testing.TestWallet
import org.walletcore.testing.codeOf
import org.walletcore.testing.http.HttpPortServers
import org.walletcore.testing.httpTrusting
import org.walletcore.testing.test
import org.walletcore.testing.until

/** A coroutine that is cancelled stops the work in Rust, and the vault is whole. */
class CancellationTest {
    private val apart = CoroutineScope(SupervisorJob() + Dispatchers.Default)

    private suspend fun Deferred<*>.stops() {
        val took = measureTime { cancelAndJoin() }
        assertTrue(took < 2.seconds, "it ran on for $took")
        assertTrue(isCancelled, "it was not stopped")
    }

    @Test fun `opening a link stops`() = test {
        HttpPortServers().use { servers ->
            TestWallet.stocked(http = httpTrusting(servers.root)).use { wallet ->
                val stalled = URLEncoder.encode(servers.good("/stall"), "UTF-8")
                val opening = apart.async { wallet.openLink("haip-vp://?client_id=x509_hash:a&request_uri=$stalled", Source.SCAN) }
                until { servers.hits("/stall") == 1 }
                opening.stops()
                assertTrue(wallet.check().isWhole)
                assertEquals(4, wallet.credentials().entries.size)
            }
        }
    }

    @Test fun `accepting an offer stops`() = test {
        val held = HeldHttpClient(TestWallet.http())
        TestWallet.make(TestWallet.settings(http = held)).use { wallet ->
            val offer = TestWallet.offer(wallet, Pilot.world().issuer(Party.EU).offer)
            val accepting = apart.async { offer.accept(null, "") }
            until { held.heldCalls == 1 }
            accepting.stops()
            until { held.cancelledCalls == 1 }
            assertTrue(wallet.check().isWhole)
            assertEquals(0, wallet.credentials().entries.size)
        }
    }

    @Test fun `sending stops and its outcome is unknown`() = test {
        val held = HeldHttpClient(TestWallet.http())
        TestWallet.stocked(http = held).use { wallet ->
            val request = TestWallet.request(wallet, Pilot.world().verifier(Party.EU).ask("eu-pid-sd-jwt").uri)
            val consent = TestWallet.leastConsent(request)
            val sending = apart.async { request.send(consent, "") }
            until { held.heldCalls == 1 }
            sending.stops()
            until { held.cancelledCalls == 1 }
            assertEquals(Code.ALREADY_USED, codeOf { request.send(consent, "") }, "never silently again")
            wallet.lock()
            wallet.unlock(TestWallet.byPassphrase(), "")
            assertEquals(Outcome.Unknown, wallet.history().entries.last().outcome, "it may have arrived")
            assertTrue(wallet.check().isWhole)
        }
    }

    @Test fun `what is cancelled before it begins does nothing`() = test {
        val http = CountingHttpClient(TestWallet.http())
        TestWallet.stocked(http = http).use { wallet ->
            val asked = Pilot.world().verifier(Party.EU).ask("eu-pid-sd-jwt")
            val opening = apart.async(start = CoroutineStart.LAZY) { wallet.openLink(asked.uri, Source.SCAN) }
            opening.stops()
            assertEquals(0, http.count)
        }
    }

    @Test fun `cancelling at any moment leaves a whole wallet`() = test {
        TestWallet.stocked().use { wallet ->
            val verifier = Pilot.world().verifier(Party.EU)
            val outcomes = (0..60 step 6).map { wait ->
                val asked = verifier.ask("eu-pid-sd-jwt")
                val flow = apart.async { TestWallet.request(wallet, asked.uri).decline().httpStatus }
                delay(wait.milliseconds)
                flow.cancelAndJoin()
                flow.getCompletionExceptionOrNull()
            }
            for (thrown in outcomes) assertTrue(thrown == null || thrown is CancellationException, "$thrown")
            assertTrue(outcomes.any { it != null }, "nothing was cancelled")
            assertTrue(wallet.check().isWhole)
        }
    }

    @Test fun `keeping that is cancelled keeps all or nothing`() = test {
        TestWallet.make().use { wallet ->
            for (wait in listOf(0, 5, 20)) {
                val before = wallet.credentials().entries.size
                val preview = TestWallet.offer(wallet, Pilot.world().issuer(Party.CA).offer).accept(null, "")
                val keeping = apart.async { preview.keep() }
                delay(wait.milliseconds)
                keeping.cancelAndJoin()
                // What began runs to its end on the wallet's own thread.
                delay(300)
                assertTrue(wallet.credentials().entries.size - before in listOf(0, 2))
                assertTrue(wallet.check().isWhole)
            }
        }
    }
}
