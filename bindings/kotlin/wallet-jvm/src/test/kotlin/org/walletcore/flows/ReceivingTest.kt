package org.walletcore.flows

import kotlin.test.assertEquals
import kotlin.test.assertNotNull
import kotlin.test.assertTrue
import org.junit.jupiter.api.Test
import org.walletcore.Code
import org.walletcore.Incoming
import org.walletcore.Source
import org.walletcore.isWhole
import org.walletcore.testing.Pilot
import org.walletcore.testing.Pilot.Party
import org.walletcore.testing.TestWallet
import org.walletcore.testing.codeOf
import org.walletcore.testing.test

class ReceivingTest {
    @Test fun `both sides are received, previewed and kept`() = test {
        TestWallet.make().use { wallet ->
            val types = mapOf(
                Party.EU to setOf("eu.europa.ec.eudi.pid.1", "urn:eudi:pid:1"),
                Party.CA to setOf("org.iso.18013.5.1.mDL"),
            )
            for ((side, expected) in types) {
                val issuer = Pilot.world().issuer(side, transactionCode = "4711")
                val offer = TestWallet.offer(wallet, issuer.offer)
                assertNotNull(offer.details().txCode)
                assertEquals(2, offer.details().credentials.size)
                val preview = offer.accept("4711", "")
                val credentials = preview.credentials()
                assertTrue(credentials.map { it.typeId }.containsAll(expected))
                for (one in credentials) {
                    assertEquals(3, one.copies.toInt())
                    assertTrue(one.claims.isNotEmpty() && one.claims.all { it.label("fr").isNotEmpty() })
                }
                preview.keep()
                assertEquals("credential_accepted", issuer.notified())
            }
            val list = wallet.credentials()
            assertEquals(4 to 0, list.entries.size to list.damaged.size)
            assertTrue(wallet.check().isWhole)
        }
    }

    @Test fun `a wrong code is refused and may be tried again`() = test {
        TestWallet.make().use { wallet ->
            val offer = TestWallet.offer(wallet, Pilot.world().issuer(Party.EU, transactionCode = "4711").offer, Source.PASTE)
            assertEquals(Code.TX_CODE_NEEDED, codeOf { offer.accept(null, "") })
            assertEquals(Code.GRANT_REFUSED, codeOf { offer.accept("0000", "") })
            offer.accept("4711", "").keep()
            assertEquals(2, wallet.credentials().entries.size)
        }
    }

    @Test fun `what is discarded is gone and the issuer hears`() = test {
        TestWallet.make().use { wallet ->
            val issuer = Pilot.world().issuer(Party.CA)
            val preview = TestWallet.offer(wallet, issuer.offer, Source.LINK).accept(null, "")
            preview.discard()
            assertEquals("credential_deleted", issuer.notified())
            assertEquals(0, wallet.credentials().entries.size)
            assertEquals(Code.ALREADY_USED, codeOf { preview.keep() })
        }
    }

    @Test fun `a preview waits for the next visit`() = test {
        TestWallet.make().use { wallet ->
            TestWallet.offer(wallet, Pilot.world().issuer(Party.CA).offer, Source.LINK).accept(null, "")
            val waiting = wallet.pending().single()
            assertEquals(false, waiting.isRequest)
            (wallet.resume(waiting.id) as Incoming.Preview).preview.keep()
            assertEquals(0, wallet.pending().size)
        }
    }
}
