package org.walletcore.ports

import java.util.concurrent.CopyOnWriteArrayList
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertFalse
import kotlin.test.assertSame
import kotlin.test.assertTrue
import org.junit.jupiter.api.Test
import org.walletcore.Code
import org.walletcore.CreatedKey
import org.walletcore.HttpClient
import org.walletcore.HttpRequest
import org.walletcore.HttpResponse
import org.walletcore.KeyPolicy
import org.walletcore.KeySession
import org.walletcore.NewUnlock
import org.walletcore.PortException
import org.walletcore.Purpose
import org.walletcore.SealPolicy
import org.walletcore.SecureArea
import org.walletcore.Source
import org.walletcore.WalletEvent
import org.walletcore.WalletEvents
import org.walletcore.WalletException
import org.walletcore.asPortException
import org.walletcore.code
import org.walletcore.logged
import org.walletcore.testing.TestClock
import org.walletcore.testing.TestWallet
import org.walletcore.testing.codeOf
import org.walletcore.testing.test
import org.walletcore.toSecret

/** What an app's own code throws, an `Error` too, is an error of the call and never arrives with its text. */
class PortTest {
    private class PersonalException : RuntimeException("Vandermeer")
    private class PersonalError : Error("Vandermeer")

    private class Broken(private val thrown: Throwable) : HttpClient, SecureArea {
        override suspend fun send(request: HttpRequest): HttpResponse = throw thrown
        override suspend fun create(alias: String, policy: KeyPolicy): CreatedKey = throw thrown
        override suspend fun seal(alias: String, secret: ByteArray, policy: SealPolicy): ByteArray = throw thrown
        override fun begin(purpose: Purpose): KeySession = throw thrown
        override suspend fun delete(alias: String) = throw thrown
        override suspend fun list(prefix: String): List<String> = throw thrown
    }

    @Test fun `anything that a port throws is an error without its text`() = test {
        for (thrown in listOf(PersonalException(), PersonalError(), kotlinx.coroutines.CancellationException("Vandermeer"))) {
            val wallet = TestWallet.make(TestWallet.settings(secureArea = Broken(thrown)))
            val error = assertFailsWith<WalletException>("$thrown") {
                wallet.setGuard(TestWallet.byPassphrase(), NewUnlock.Pin("481516".toSecret()), "")
            }
            assertEquals(Code.PORT_FAILED, error.code, "$thrown")
            assertFalse("Vandermeer" in "$error ${error.logged} ${error.stackTraceToString()}")
        }
    }

    @Test fun `an error of a port stays what it is`() = test {
        val codes = mapOf(
            PortException.Unreachable() to Code.NETWORK_UNREACHABLE,
            PortException.TimedOut() to Code.NETWORK_TIMED_OUT,
            PortException.Tls() to Code.TLS_FAILED,
            PersonalError() to Code.PORT_FAILED,
        )
        for ((thrown, expected) in codes) {
            val wallet = TestWallet.make(TestWallet.settings(http = Broken(thrown)))
            val link = "haip-vp://?client_id=x509_hash:a&request_uri=https%3A%2F%2Fverifier.example%2F1"
            assertEquals(expected, codeOf { wallet.openLink(link, Source.SCAN) })
        }
    }

    @Test fun `the name of a class is all that is taken`() {
        val taken = asPortException(PersonalError()) as PortException.Unexpected
        assertEquals(PersonalError::class.java.name, taken.`class`)
        assertFalse("Vandermeer" in taken.stackTraceToString())
        val own = PortException.Tls()
        assertSame(own, asPortException(own))
    }

    @Test fun `a clock that fails is an error and no crash`() = test {
        val clock = TestClock()
        TestWallet.stocked(clock = clock).use { wallet ->
            for (thrown in listOf(PersonalException(), PersonalError())) {
                clock.thrown = thrown
                assertEquals(Code.PORT_FAILED, codeOf { wallet.credentials() })
                clock.thrown = null
                assertEquals(4, wallet.credentials().entries.size)
            }
        }
    }

    @Test fun `a listener that throws changes nothing`() = test {
        for (thrown in listOf(PersonalException(), PersonalError())) {
            val heard = CopyOnWriteArrayList<WalletEvent>()
            val listener = object : WalletEvents {
                override fun happened(event: WalletEvent) {
                    heard += event
                    throw thrown
                }
            }
            TestWallet.stocked(events = listener).use { wallet ->
                wallet.delete(wallet.credentials().entries.first().id)
                assertEquals(3, wallet.credentials().entries.size)
                assertTrue(WalletEvent.CREDENTIALS_CHANGED in heard)
            }
        }
    }
}
