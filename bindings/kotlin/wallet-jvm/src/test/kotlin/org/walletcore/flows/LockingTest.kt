package org.walletcore.flows

import kotlin.test.assertContentEquals
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertFalse
import kotlin.test.assertTrue
import org.junit.jupiter.api.Test
import org.walletcore.Code
import org.walletcore.GuardKind
import org.walletcore.NewUnlock
import org.walletcore.Source
import org.walletcore.Unlock
import org.walletcore.Wallet
import org.walletcore.WalletException
import org.walletcore.fault
import org.walletcore.testing.Pilot
import org.walletcore.testing.Pilot.Party
import org.walletcore.testing.TestSecureArea
import org.walletcore.testing.TestWallet
import org.walletcore.testing.codeOf
import org.walletcore.testing.test
import org.walletcore.toSecret

class LockingTest {
    private val area = TestSecureArea()

    private suspend fun guarded(): Wallet = TestWallet.make(TestWallet.settings(secureArea = area))

    @Test fun `while locked nothing is shown and nothing fetched`() = test {
        TestWallet.stocked().use { wallet ->
            val verifier = Pilot.world().verifier(Party.EU)
            val asked = verifier.ask("eu-pid-sd-jwt")
            wallet.lock()
            assertFalse(wallet.isUnlocked())
            assertEquals(Code.LOCKED, codeOf { wallet.credentials() })
            assertEquals(Code.LOCKED, codeOf { wallet.openLink(asked.uri, Source.SCAN) })
            assertEquals("waiting", verifier.status(asked))
            wallet.unlock(TestWallet.byPassphrase(), "")
            assertEquals(4, wallet.credentials().entries.size)
        }
    }

    @Test fun `a request that was open cannot be answered after a lock`() = test {
        TestWallet.stocked().use { wallet ->
            val request = TestWallet.request(wallet, Pilot.world().verifier(Party.EU).ask("eu-pid-sd-jwt").uri)
            val consent = TestWallet.leastConsent(request)
            wallet.lock()
            wallet.unlock(TestWallet.byPassphrase(), "")
            assertEquals(Code.CONSENT_EXPIRED, codeOf { request.send(consent, "") })
        }
    }

    @Test fun `a wrong passphrase opens nothing`() = test {
        TestWallet.stocked().use { wallet ->
            wallet.lock()
            val wrong = Unlock.Passphrase("not this one".toSecret())
            assertEquals(Code.PASSPHRASE_WRONG, codeOf { wallet.unlock(wrong, "") })
            assertFalse(wallet.isUnlocked())
        }
    }

    @Test fun `a wrong PIN says how many attempts are left`() = test {
        guarded().use { wallet ->
            wallet.setGuard(TestWallet.byPassphrase(), NewUnlock.Pin("481516".toSecret()), "")
            assertEquals(listOf(GuardKind.PASSPHRASE, GuardKind.PIN), wallet.guards())
            wallet.lock()
            area.sentences.clear()
            val wrong = assertFailsWith<WalletException.Unlock> {
                wallet.unlock(Unlock.Pin("000000".toSecret()), "Open your wallet")
            }
            assertEquals(Code.PIN_WRONG to 9u, wrong.fault.code to wrong.fault.attemptsLeft)
            wallet.unlock(Unlock.Pin("481516".toSecret()), "Open your wallet")
            assertTrue(wallet.isUnlocked())
            assertEquals(listOf("Open your wallet", "Open your wallet"), area.sentences)
        }
    }

    @Test fun `biometrics and a recovery key open it, too`() = test {
        guarded().use { wallet ->
            wallet.setGuard(TestWallet.byPassphrase(), NewUnlock.Biometrics, "")
            val key = wallet.makeRecoveryKey(Unlock.Biometrics, "")
            wallet.lock()
            wallet.unlock(Unlock.Biometrics, "")
            wallet.lock()
            wallet.unlock(Unlock.RecoveryKey(key.reveal()), "")
            wallet.removeGuard(TestWallet.byPassphrase(), GuardKind.BIOMETRICS, "")
            assertEquals(listOf(GuardKind.PASSPHRASE, GuardKind.RECOVERY_KEY), wallet.guards())
        }
    }

    @Test fun `who cancels the prompt stays locked out`() = test {
        guarded().use { wallet ->
            wallet.setGuard(TestWallet.byPassphrase(), NewUnlock.Biometrics, "")
            wallet.lock()
            area.citizenCancels = true
            assertEquals(Code.PROMPT_CANCELLED, codeOf { wallet.unlock(Unlock.Biometrics, "") })
            assertFalse(wallet.isUnlocked())
        }
    }

    @Test fun `secrets are wiped whatever comes of the call`() = test {
        guarded().use { wallet ->
            val passphrase = TestWallet.passphrase()
            val pin = "481516".toSecret()
            wallet.setGuard(Unlock.Passphrase(passphrase), NewUnlock.Pin(pin), "")
            assertContentEquals(ByteArray(passphrase.size), passphrase)
            assertContentEquals(ByteArray(pin.size), pin)
            wallet.lock()
            val wrong = "000000".toSecret()
            assertEquals(Code.PIN_WRONG, codeOf { wallet.unlock(Unlock.Pin(wrong), "") })
            assertContentEquals(ByteArray(6), wrong)
            assertContentEquals(ByteArray(32), area.lastGivenBack, "the guard secret after it crossed")
        }
    }
}
