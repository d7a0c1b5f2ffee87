package org.walletcore.demo

import java.util.Locale
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertFalse
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.walletcore.demo.model.Screen
import org.walletcore.testing.Pilot
import org.walletcore.testing.Pilot.Party

/** Receiving when it does not go smoothly, and a consent in another language. */
@RunWith(RobolectricTestRunner::class)
class ReceiveTest {
    private val citizen = Citizen()

    private fun previews(offer: String) {
        citizen.follows(offer)
        citizen.waitsFor(citizen.words(R.string.offer_title))
        citizen.taps(citizen.words(R.string.go_on))
        citizen.waitsFor(citizen.words(R.string.preview_title))
    }

    @Test fun `a document that is there already is said to be`() {
        val issuer = runBlocking { Pilot.world().issuer(Party.EU) }
        citizen.begins()
        previews(issuer.offer)
        assertFalse(citizen.sees(citizen.words(R.string.receive_known)))
        citizen.taps(citizen.words(R.string.preview_keep))
        citizen.waits("what was kept") { citizen.canTap(citizen.words(R.string.done)) }
        citizen.taps(citizen.words(R.string.done))
        citizen.waits("a document") { citizen.model.documents.credentials.value?.entries?.isNotEmpty() == true }
        previews(runBlocking { Pilot.world().issuer(Party.EU).offer })
        citizen.waitsFor(citizen.words(R.string.receive_known))
        citizen.photographs("preview-again")
    }

    @Test fun `a connection that is lost is said to be, and the offer can be tried again`() {
        citizen.begins()
        citizen.follows(runBlocking { Pilot.world().issuer(Party.CA).offer })
        citizen.waitsFor(citizen.words(R.string.offer_title))
        citizen.app.online = false
        citizen.taps(citizen.words(R.string.go_on))
        citizen.waitsFor(citizen.words(R.string.receive_lost))
        citizen.photographs("receive-offline")
        citizen.app.online = true
        citizen.taps(citizen.words(R.string.try_again))
        citizen.waitsFor(citizen.words(R.string.offer_title))
        citizen.taps(citizen.words(R.string.go_on))
        citizen.waitsFor(citizen.words(R.string.preview_title))
    }

    @Test fun `another language shows at once on a consent that is open`() {
        citizen.begins()
        citizen.receives(runBlocking { Pilot.world().issuer(Party.CA).offer })
        citizen.follows(runBlocking { Pilot.world().verifier(Party.CA).ask("ca-age-19") }.uri)
        citizen.waitsForScreen(Screen.Share)
        citizen.model.preferences.choose(Locale.FRENCH)
        val french = Citizen("fr")
        citizen.waitsFor(french.words(R.string.share_title))
        assertFalse(citizen.sees(citizen.words(R.string.share_rest_stays)))
        citizen.taps(french.words(R.string.share_no))
        citizen.waitsFor(french.words(R.string.share_declined))
    }
}
