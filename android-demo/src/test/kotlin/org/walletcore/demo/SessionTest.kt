package org.walletcore.demo

import java.io.File
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.walletcore.Unlock
import org.walletcore.Ports
import org.walletcore.demo.model.Session
import org.walletcore.demo.model.Trusted
import org.walletcore.testing.TestClock
import org.walletcore.testing.TestSecureArea
import org.walletcore.testing.TestWallet
import org.walletcore.testing.temporaryFolder
import org.walletcore.toSecret

/** A second start has only the files of the first. */
class SessionTest {
    private val file = File(temporaryFolder(), "vault.db")
    private val area = TestSecureArea()
    private val preferences = PlainPreferences()

    private fun session(trusted: Trusted = Trusted { emptyList() }) = runBlocking {
        Session(file, Ports(TestWallet.http(), area, null, TestClock(), null), preferences, trusted)
    }

    @Test fun `a wallet that was made is there at the next start`() = runBlocking {
        val first = session()
        first.create("481516", "").close()
        first.finish()
        first.close()
        val second = session()
        assertTrue(second.open())
        second.wallet.unlock(Unlock.Pin("481516".toSecret()), "")
        second.close()
    }

    @Test fun `a wallet whose making was broken off is begun anew`() = runBlocking {
        val broken = session { throw IllegalStateException("the app ends here") }
        assertTrue(runCatching { broken.create("481516", "") }.isFailure)
        broken.close()
        assertFalse(session().open())
        assertFalse(file.exists())
    }

    @Test fun `a wallet whose recovery key was not confirmed is begun anew, and says so`() = runBlocking {
        val first = session()
        first.create("481516", "").close()
        first.close()
        val second = session()
        assertFalse(second.open())
        assertTrue(second.brokenOff)
        assertFalse(file.exists())
    }

    @Test fun `a wallet without a PIN is kept`() = runBlocking {
        val first = session()
        val key = first.create("481516", "").use { it.reveal() }
        first.finish()
        first.wallet.removeGuard(Unlock.RecoveryKey(key), org.walletcore.GuardKind.PIN, "")
        first.close()
        assertTrue(session().open())
    }
}
