package org.walletcore.rules

import java.io.File
import java.lang.ref.WeakReference
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertFalse
import kotlin.test.assertNotNull
import kotlin.test.assertNull
import kotlin.test.assertTrue
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.first
import org.junit.jupiter.api.Test
import org.walletcore.CORE_THREAD
import org.walletcore.Code
import org.walletcore.HttpClient
import org.walletcore.Source
import org.walletcore.Wallet
import org.walletcore.testing.CountingHttpClient
import org.walletcore.testing.Pilot
import org.walletcore.testing.Pilot.Party
import org.walletcore.testing.TestWallet
import org.walletcore.testing.codeOf
import org.walletcore.testing.test
import org.walletcore.uniffiForeignFutureHandleCount

/** Handles go when nobody has them, and what was closed says so. */
class LifeTest {
    @Test fun `a closed vault says so`() = test {
        TestWallet.stocked().use { wallet ->
            val asked = Pilot.world().verifier(Party.EU).ask("eu-pid-sd-jwt")
            val request = TestWallet.request(wallet, asked.uri)
            val consent = TestWallet.leastConsent(request)
            wallet.closeVault()
            assertEquals(Code.VAULT_CLOSED, codeOf { wallet.credentials() })
            assertEquals(Code.VAULT_CLOSED, codeOf { wallet.unlock(TestWallet.byPassphrase(), "") })
            assertNotNull(codeOf { wallet.openLink(asked.uri, Source.SCAN) })
            assertNotNull(codeOf { request.send(consent, "") })
            assertEquals(Code.VAULT_CLOSED, codeOf { request.decline() })
            assertEquals(Code.VAULT_CLOSED, codeOf { wallet.closeVault() })
        }
    }

    @Test fun `a handle that was let go says so`() = test {
        val wallet = TestWallet.stocked()
        val request = TestWallet.request(wallet, Pilot.world().verifier(Party.EU).ask("eu-pid-sd-jwt").uri)
        request.close()
        assertFailsWith<IllegalStateException> { request.details() }
        wallet.close()
        wallet.close()
        assertFailsWith<IllegalStateException> { wallet.isUnlocked() }
        assertFailsWith<IllegalStateException> { wallet.credentials() }
    }

    @Test fun `a closed wallet can be opened again`() = test {
        val settings = TestWallet.settings()
        TestWallet.make(settings).use { first ->
            assertEquals(Code.VAULT_EXISTS, codeOf { Wallet.create(settings, TestWallet.passphrase()) })
            first.closeVault()
        }
        assertEquals(listOf("vault.db"), File(settings.file).parentFile.list()?.toList(), "everything is in the file")
        Wallet.open(settings).use { second ->
            assertFalse(second.isUnlocked())
            second.unlock(TestWallet.byPassphrase(), "")
            assertEquals(7, second.trustedAuthorities().size)
        }
    }

    @Test fun `what nobody has is freed with its ports, closed or not`() = test {
        for (closes in listOf(true, false)) {
            val http = CountingHttpClient(TestWallet.http()).let { client ->
                use(client, closes)
                WeakReference<HttpClient>(client)
            }
            repeat(300) {
                if (http.get() != null) {
                    System.gc()
                    delay(10)
                }
            }
            assertNull(http.get(), "the port is still held (closes: $closes)")
        }
        assertEquals(0, uniffiForeignFutureHandleCount(), "calls of ports that never ended")
    }

    @Test fun `a thread of the core is known to the JVM as long as its vault is open`() = test {
        val before = coreThreads()
        val wallets = List(3) { TestWallet.stocked() }
        val theirs = coreThreads() - before
        assertTrue(theirs.isNotEmpty(), "each wallet answered from a thread of its own")
        assertTrue(theirs.all(Thread::isDaemon))
        for (wallet in wallets) wallet.use { it.closeVault() }
        repeat(200) { if (theirs.any(Thread::isAlive)) delay(10) }
        assertEquals(emptyList(), theirs.filter(Thread::isAlive))
    }

    private fun coreThreads() = Thread.getAllStackTraces().keys.filter { it.name == CORE_THREAD }.toSet()

    private suspend fun use(client: HttpClient, closes: Boolean) {
        val wallet = TestWallet.stocked(http = client)
        val request = TestWallet.request(wallet, Pilot.world().verifier(Party.EU).ask("eu-pid-sd-jwt").uri)
        val details = wallet.credential(wallet.credentials().entries.first().id)
        assertEquals(4, wallet.credentialLists.first()?.entries?.size)
        if (closes) {
            details.destroy()
            request.close()
            wallet.close()
        }
    }

    @Test fun `thousands of handles that nobody closes are freed`() = test {
        TestWallet.stocked().use { wallet ->
            val id = wallet.credentials().entries.first().id
            suspend fun read(times: Int) = repeat(times) { wallet.credential(id) }
            read(1000)
            val before = nativeKilobytes()
            read(4000)
            val grown = nativeKilobytes() - before
            assert(grown < LEAK_KILOBYTES) { "$grown KB more" }
        }
    }

    /** What lies in memory besides the JVM's own heap, which grows as it likes: the core's objects are there. */
    private suspend fun nativeKilobytes(): Long {
        System.gc()
        delay(500)
        val resident = File("/proc/self/status").readLines().first { it.startsWith("VmRSS") }.filter(Char::isDigit).toLong()
        return resident - Runtime.getRuntime().totalMemory() / 1024
    }

    private companion object {
        /** Half of what 4000 of them take. */
        const val LEAK_KILOBYTES = 48L * 1024
    }
}
