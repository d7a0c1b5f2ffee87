package org.walletcore.rules

import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.Executors
import kotlin.test.assertFalse
import kotlin.test.assertTrue
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.TimeSource
import kotlin.time.measureTime
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.async
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import org.junit.jupiter.api.Test
import org.walletcore.HttpClient
import org.walletcore.HttpRequest
import org.walletcore.HttpResponse
import org.walletcore.Wallet
import org.walletcore.testing.Pilot
import org.walletcore.testing.Pilot.Party
import org.walletcore.testing.TestWallet
import org.walletcore.testing.test

/** Nothing heavy runs on the thread that calls, which in an app is the main thread. */
class ThreadTest {
    /** One thread, as an app's main thread is one, which notices what holds it up. */
    private class MainThread : AutoCloseable {
        @Volatile lateinit var thread: Thread
        private val dispatcher =
            Executors.newSingleThreadExecutor { Thread(it, "main of the test").also { made -> thread = made } }
                .asCoroutineDispatcher()

        /** The longest time for which the thread was held while `body` ran on it. */
        suspend fun longestPause(body: suspend () -> Unit): Duration = withContext(dispatcher) {
            var longest = Duration.ZERO
            val beating = launch {
                while (true) {
                    val begun = TimeSource.Monotonic.markNow()
                    delay(5)
                    longest = maxOf(longest, begun.elapsedNow() - 5.milliseconds)
                }
            }
            delay(20)
            body()
            delay(20)
            beating.cancel()
            longest
        }

        override fun close() = dispatcher.close()
    }

    /** A slow derivation, flows over the network with all their cryptography, and a look at everything. */
    private suspend fun everything(wallet: Wallet) {
        wallet.lock()
        wallet.unlock(TestWallet.byPassphrase(), "")
        val request = TestWallet.request(wallet, Pilot.world().verifier(Party.EU).ask("eu-pid-sd-jwt").uri)
        request.send(TestWallet.leastConsent(request), "")
        TestWallet.receive(wallet, Pilot.world().issuer(Party.CA).offer)
        wallet.check()
    }

    @Test fun `the thread that calls stays free`() = test {
        val calls = ConcurrentLinkedQueue<Thread>()
        val system = TestWallet.http()
        val http = object : HttpClient {
            override suspend fun send(request: HttpRequest): HttpResponse {
                calls += Thread.currentThread()
                return system.send(request)
            }
        }
        TestWallet.stocked(http = http).use { wallet ->
            MainThread().use { main ->
                // Once to load classes, which the JVM does on the thread that first needs them.
                main.longestPause { everything(wallet) }
                val longest = main.longestPause { everything(wallet) }
                assertTrue(longest < LONGEST, "the thread was held for $longest")
                assertTrue(calls.isNotEmpty())
                assertFalse(main.thread in calls, "a port was called on the thread of the caller")
            }
        }
    }

    @Test fun `a thread that is held is noticed`() = test {
        MainThread().use { main -> assertTrue(main.longestPause { Thread.sleep(300) } > LONGEST) }
    }

    @Test fun `a lock comes back at once while something is under way`() = test {
        TestWallet.stocked().use { wallet ->
            val unlocking = async(Dispatchers.Default) { runCatching { wallet.unlock(TestWallet.byPassphrase(), "") } }
            delay(20)
            val took = measureTime { wallet.lock() }
            assertTrue(took < 50.milliseconds, "$took")
            unlocking.await()
        }
    }

    private companion object {
        val LONGEST = 150.milliseconds
    }
}
