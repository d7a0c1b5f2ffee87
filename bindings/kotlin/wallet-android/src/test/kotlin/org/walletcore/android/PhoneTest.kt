package org.walletcore.android

import android.app.Application
import android.provider.Settings.Global
import java.io.File
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.walletcore.Code
import org.walletcore.Development
import org.walletcore.NewUnlock
import org.walletcore.Ports
import org.walletcore.RecoveryKey
import org.walletcore.Settings
import org.walletcore.Unlock
import org.walletcore.Wallet
import org.walletcore.WalletException
import org.walletcore.code
import org.walletcore.testing.Pilot
import org.walletcore.testing.Pilot.Party
import org.walletcore.testing.TestWallet
import org.walletcore.testing.temporaryFolder
import org.walletcore.testkit.FakeAndroidKeyStore
import org.walletcore.toSecret

/** The real core with the ports of a phone: its clock, its keys (in the Keystore's stand-in), and pilot as the world. */
@RunWith(RobolectricTestRunner::class)
class PhoneTest {
    private val application: Application = RuntimeEnvironment.getApplication()
    private val prompt = AnsweringPrompt()

    @Before fun phone() {
        FakeAndroidKeyStore.install()
        Global.putInt(application.contentResolver, Global.BOOT_COUNT, 7)
    }

    private suspend fun ports() = Ports(
        http = TestWallet.http(),
        secureArea = AndroidSecureArea(prompt) { PromptWords("Cancel", "Open with biometrics from now on?") },
        rollbackAnchor = null,
        clock = AndroidClock(application),
        events = null,
    )

    /** A wallet behind a recovery key, a PIN and biometrics, with one Canadian issuance in it. */
    private suspend fun wallet(): Pair<Wallet, RecoveryKey> {
        val settings = Settings(File(temporaryFolder(), "vault.db").path, ports(), null, Development())
        val key = RecoveryKey.random()
        val wallet = Wallet.create(settings, key)
        wallet.setGuard(Unlock.RecoveryKey(key.reveal()), NewUnlock.Pin("481516".toSecret()), "")
        wallet.setGuard(Unlock.RecoveryKey(key.reveal()), NewUnlock.Biometrics, "")
        for ((list, pem) in Pilot.world().anchors) wallet.addTrustAnchors(list, pem, "pilot")
        TestWallet.receive(wallet, Pilot.world().issuer(Party.CA).offer)
        return wallet to key
    }

    private suspend fun present(wallet: Wallet) {
        val request = TestWallet.request(wallet, Pilot.world().verifier(Party.CA).ask("ca-age-19").uri)
        request.send(TestWallet.leastConsent(request), "Share your age")
    }

    private suspend fun codeOf(call: suspend () -> Unit): Code? = try {
        call()
        null
    } catch (failure: WalletException) {
        failure.code
    }

    @Test fun `a presentation from a locked start is one prompt`() = runBlocking {
        val (wallet, _) = wallet()
        wallet.lock()
        FakeAndroidKeyStore.timePasses()
        prompt.asked.clear()
        wallet.unlock(Unlock.Biometrics, "Open your wallet")
        present(wallet)
        assertEquals(listOf("Open your wallet"), prompt.asked)
        wallet.close()
    }

    @Test fun `a presentation with a PIN asks for the keys once`() = runBlocking {
        val (wallet, _) = wallet()
        wallet.lock()
        FakeAndroidKeyStore.timePasses()
        prompt.asked.clear()
        wallet.unlock(Unlock.Pin("481516".toSecret()), "Open your wallet")
        present(wallet)
        assertEquals(1, prompt.asked.size)
        wallet.close()
    }

    @Test fun `without its screen lock a phone needs new credentials and opens by PIN`() = runBlocking {
        val (wallet, key) = wallet()
        wallet.lock()
        FakeAndroidKeyStore.lockScreenIsRemoved()
        assertTrue(codeOf { wallet.unlock(Unlock.Biometrics, "") } != null)
        assertFalse(wallet.isUnlocked())
        wallet.unlock(Unlock.Pin("481516".toSecret()), "")
        // Each copy's key is found gone when it is used; each issuance here has three copies.
        repeat(3) { assertEquals(Code.KEY_UNAVAILABLE, codeOf { present(wallet) }) }
        assertTrue(wallet.credentials().entries.any { it.needsReissue })
        wallet.lock()
        wallet.unlock(Unlock.RecoveryKey(key.reveal()), "")
        assertTrue(wallet.isUnlocked())
        wallet.close()
    }

    @Test fun `other biometrics do not open, and the PIN does`() = runBlocking {
        val (wallet, _) = wallet()
        wallet.lock()
        FakeAndroidKeyStore.biometricsChange()
        assertTrue(codeOf { wallet.unlock(Unlock.Biometrics, "") } != null)
        wallet.unlock(Unlock.Pin("481516".toSecret()), "")
        present(wallet)
        wallet.close()
    }
}
