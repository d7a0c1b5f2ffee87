package org.walletcore.demo

import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.walletcore.demo.model.Screen
import org.walletcore.testing.Pilot
import org.walletcore.testing.Pilot.Party

/** Whole flows with the real core, by what a citizen sees and taps, against pilot. */
@RunWith(RobolectricTestRunner::class)
class FlowTest {
    private fun offer(side: Party, code: String? = null) = runBlocking { Pilot.world().issuer(side, code).offer }

    @Test fun `from the first start to a presentation, in the European Union`() {
        val citizen = Citizen()
        citizen.begins()
        citizen.receives(offer(Party.EU))
        val verifier = runBlocking { Pilot.world().verifier(Party.EU) }
        val asked = runBlocking { verifier.ask("portrait") }
        citizen.follows(asked.uri)
        citizen.waitsForScreen(Screen.Share)
        citizen.photographs("share")
        citizen.taps(citizen.words(R.string.share_yes))
        citizen.waitsFor(citizen.words(R.string.share_sent))
        assertTrue(runBlocking { verifier.verdict(asked) }["verified"].isTrue)
        citizen.photographs("share-sent")
        citizen.taps(citizen.words(R.string.done))
        citizen.waitsForScreen(Screen.Documents)
        citizen.taps(citizen.words(R.string.history_title))
        citizen.waitsFor(citizen.words(R.string.outcome_sent))
        citizen.photographs("history")
    }

    @Test fun `a transaction code that is wrong can be typed again`() {
        val citizen = Citizen("fr")
        citizen.begins()
        citizen.follows(offer(Party.CA, "493027"))
        citizen.waitsFor(citizen.words(R.string.tx_code_title))
        citizen.photographs("offer-code")
        citizen.types("111111")
        citizen.taps(citizen.words(R.string.go_on))
        citizen.waits("the refusal") { citizen.model.receive.task.state.value.failure != null }
        citizen.types("493027")
        citizen.taps(citizen.words(R.string.go_on))
        citizen.waitsFor(citizen.words(R.string.preview_title))
        citizen.photographs("preview")
        citizen.taps(citizen.words(R.string.preview_not_me))
        citizen.waitsFor(citizen.words(R.string.receive_discarded))
        citizen.taps(citizen.words(R.string.done))
        citizen.waitsFor(citizen.words(R.string.documents_none))
    }

    @Test fun `no is as easy as yes, and the verifier learns nothing`() {
        val citizen = Citizen()
        citizen.begins()
        citizen.receives(offer(Party.CA))
        val verifier = runBlocking { Pilot.world().verifier(Party.CA) }
        val asked = runBlocking { verifier.ask("ca-age-19") }
        citizen.follows(asked.uri)
        citizen.waitsForScreen(Screen.Share)
        val (no, yes) = listOf(R.string.share_no, R.string.share_yes).map { id ->
            citizen.views().single { (it as? android.widget.Button)?.text == citizen.words(id) }
        }
        assertEquals("both answers are equally large", no.width to no.height, yes.width to yes.height)
        citizen.taps(citizen.words(R.string.share_no))
        citizen.waitsFor(citizen.words(R.string.share_declined))
        assertEquals("access_denied", runBlocking { verifier.verdict(asked) }["error"]["code"].text)
    }

    @Test fun `a wrong PIN is counted, and the recovery key opens`() {
        val citizen = Citizen()
        val key = citizen.begins()
        citizen.model.settings.lock()
        citizen.waitsForScreen(Screen.Unlock)
        citizen.types("000111")
        citizen.taps(citizen.words(R.string.unlock))
        citizen.waits("the count of attempts") { citizen.reads().any { "9" in it } }
        citizen.photographs("unlock-wrong")
        citizen.taps(citizen.words(R.string.unlock_by_recovery_key))
        citizen.waitsForScreen(Screen.UnlockByRecoveryKey)
        citizen.types(key.lowercase().replace('-', ' '))
        citizen.taps(citizen.words(R.string.unlock))
        citizen.waitsForScreen(Screen.Documents)
    }

    @Test fun `a link waits until the wallet is unlocked`() {
        val citizen = Citizen()
        citizen.begins()
        citizen.model.settings.lock()
        citizen.waitsForScreen(Screen.Unlock)
        citizen.follows(offer(Party.EU))
        citizen.waits("the link to wait") { citizen.model.links.isWaiting }
        citizen.types(Citizen.PIN)
        citizen.taps(citizen.words(R.string.unlock))
        citizen.waitsFor(citizen.words(R.string.offer_title))
    }

    @Test fun `a link does not take the recovery key away`() {
        val citizen = Citizen()
        citizen.opens()
        citizen.waitsForScreen(Screen.Begin)
        citizen.types(Citizen.PIN, Citizen.PIN)
        citizen.taps(citizen.words(R.string.begin_make))
        citizen.waitsForScreen(Screen.ShowRecoveryKey)
        citizen.follows(offer(Party.EU))
        val groups = citizen.model.newKey.groups
        citizen.taps(citizen.words(R.string.recovery_written))
        citizen.waitsForScreen(Screen.ConfirmRecoveryKey)
        citizen.types(*citizen.model.newKey.asked.map { groups[it] }.toTypedArray())
        citizen.taps(citizen.words(R.string.go_on))
        citizen.waitsFor(citizen.words(R.string.offer_title))
    }

    @Test fun `without network it says so, and tries again when asked to`() {
        val citizen = Citizen()
        citizen.begins()
        citizen.app.online = false
        citizen.follows(offer(Party.EU))
        citizen.waits("the failure") { citizen.model.links.task.state.value.failure != null }
        citizen.photographs("offline")
        citizen.app.online = true
        citizen.receives(offer(Party.EU))
    }

    @Test fun `nothing that fits is said before the verifier hears anything`() {
        val citizen = Citizen("fr")
        citizen.begins()
        val verifier = runBlocking { Pilot.world().verifier(Party.EU) }
        val asked = runBlocking { verifier.ask("portrait") }
        citizen.follows(asked.uri)
        citizen.waitsFor(citizen.words(R.string.share_nothing_fits))
        citizen.photographs("share-nothing")
        assertFalse(citizen.canTap(citizen.words(R.string.share_yes)))
        assertEquals("fetched", runBlocking { verifier.status(asked) })
    }
}
