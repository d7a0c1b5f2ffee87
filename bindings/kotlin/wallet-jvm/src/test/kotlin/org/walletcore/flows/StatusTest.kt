package org.walletcore.flows

import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertNotNull
import org.junit.jupiter.api.Test
import org.walletcore.Code
import org.walletcore.Lapse
import org.walletcore.Standing
import org.walletcore.Wallet
import org.walletcore.Warning
import org.walletcore.standingText
import org.walletcore.testing.CountingHttpClient
import org.walletcore.testing.Pilot
import org.walletcore.testing.Pilot.Party
import org.walletcore.testing.TestWallet
import org.walletcore.testing.codeOf
import org.walletcore.testing.test

/** Whether a credential still counts, by its issuer's list (EU-46). */
class StatusTest {
    @Test fun `a credential is known to count when its list was read`() = test {
        TestWallet.make().use { wallet ->
            val kept = TestWallet.receive(wallet, Pilot.world().issuer(Party.EU).offer)
            assertEquals(listOf(Standing.UNKNOWN, Standing.UNKNOWN), wallet.standings())
            val asked = Pilot.world().verifier(Party.EU).ask("eu-pid-sd-jwt")
            TestWallet.request(wallet, asked.uri).use { request ->
                val unknown = request.warnings(request.least()).filterIsInstance<Warning.StatusUnknown>().single()
                assertEquals(request.least().selections.single().credential, unknown.credential)
            }
            val refresh = wallet.refreshStatuses()
            assertEquals(kept.toSet(), refresh.changed.toSet())
            assertEquals(emptyList(), refresh.failed)
            assertEquals(listOf(Standing.VALID, Standing.VALID), wallet.standings())
            assertNotNull(wallet.credentials().entries.first().status.checkedAt)
            TestWallet.request(wallet, asked.uri).use { request ->
                assertEquals(emptyList(), request.warnings(request.least()).filterIsInstance<Warning.StatusUnknown>())
            }
        }
    }

    @Test fun `what is revoked is offered to nobody and says why`() = test {
        TestWallet.make().use { wallet ->
            val issuer = Pilot.world().issuer(Party.EU)
            TestWallet.receive(wallet, issuer.offer)
            assertEquals("revoked", issuer.says("revoke"))
            assertEquals(2, wallet.refreshStatuses().changed.size)
            assertEquals(listOf(Standing.REVOKED, Standing.REVOKED), wallet.standings())
            assertEquals("Révoquée par l’émetteur", standingText(Standing.REVOKED, "fr"))
            val verifier = Pilot.world().verifier(Party.EU)
            val asked = verifier.ask("eu-pid-sd-jwt")
            TestWallet.request(wallet, asked.uri).use { request ->
                assertFalse(request.details().canBeAnswered)
                assertEquals(Lapse.WITHDRAWN, request.details().questions.single().lapsed.single().reason)
                assertEquals(Code.NOTHING_MATCHES, codeOf { request.least() })
            }
            assertEquals("fetched", verifier.status(asked), "it heard nothing of that")
        }
    }

    @Test fun `lists are read when they are due and not because somebody asks`() = test {
        val http = CountingHttpClient(TestWallet.http())
        TestWallet.make(TestWallet.settings(http = http)).use { wallet ->
            TestWallet.receive(wallet, Pilot.world().issuer(Party.CA).offer)
            wallet.refreshStatuses()
            val before = http.count
            assertEquals(0, wallet.refreshStatuses().checked.toInt())
            assertEquals(before, http.count)
            TestWallet.request(wallet, Pilot.world().verifier(Party.CA).ask("ca-age-19").uri).close()
            assertEquals(before + 1, http.count, "the request itself")
            wallet.lock()
            assertEquals(Code.LOCKED, codeOf { wallet.refreshStatuses() })
        }
    }

    private suspend fun Wallet.standings() = credentials().entries.map { it.status.standing }
}
