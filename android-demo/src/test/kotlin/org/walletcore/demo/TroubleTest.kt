package org.walletcore.demo

import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.walletcore.Code
import org.walletcore.code
import org.walletcore.text
import org.walletcore.demo.model.ReceivePresenter
import org.walletcore.demo.model.Screen
import org.walletcore.testing.Pilot
import org.walletcore.testing.Pilot.Party

/** Networks that fail, time that runs out, and what the citizen is told then. */
@RunWith(RobolectricTestRunner::class)
class TroubleTest {
    private val verifier by lazy { runBlocking { Pilot.world().verifier(Party.EU) } }

    private fun asked() = runBlocking { verifier.ask("eu-pid-sd-jwt") }

    private fun offer() = runBlocking { Pilot.world().issuer(Party.EU).offer }

    private fun stocked(language: String = "en") = Citizen(language).apply {
        begins()
        receives(offer())
    }

    private fun Citizen.looksAt(link: String) {
        follows(link)
        waitsForScreen(Screen.Share)
        waits("the question") { canTap(words(R.string.share_yes)) }
    }

    private fun Citizen.isDone() {
        taps(words(R.string.done))
        waitsForScreen(Screen.Documents)
    }

    @Test fun `without network an answer is not sent, which is said, and it can be given later`() {
        val citizen = stocked()
        val asked = asked()
        citizen.looksAt(asked.uri)
        citizen.app.online = false
        citizen.taps(citizen.words(R.string.share_yes))
        citizen.waitsFor(citizen.words(R.string.share_failed))
        citizen.photographs("share-offline")
        assertEquals("fetched", runBlocking { verifier.status(asked) })
        citizen.isDone()
        citizen.app.online = true
        citizen.looksAt(asked.uri)
        citizen.taps(citizen.words(R.string.share_yes))
        citizen.waitsFor(citizen.words(R.string.share_sent))
        assertTrue(runBlocking { verifier.verdict(asked) }["verified"].isTrue)
    }

    @Test fun `when the answer breaks off it is perhaps received, and never sent again by itself`() {
        for (spoil in listOf(Relay.Spoil.HANG_UP, Relay.Spoil.HANG_UP_AFTERWARDS)) {
            val first = spoil == Relay.Spoil.HANG_UP
            val citizen = if (first) stocked("fr") else Citizen("fr").apply { opens() }
            val asked = asked()
            citizen.looksAt(asked.uri)
            citizen.app.network.spoil("/response/", spoil)
            val posts = citizen.app.calls.posts("/response/")
            citizen.taps(citizen.words(R.string.share_yes))
            citizen.waitsFor(citizen.words(R.string.share_uncertain))
            citizen.photographs("share-uncertain")
            assertEquals(posts + 1, citizen.app.calls.posts("/response/"))
            citizen.app.network.behave()
            assertEquals(if (first) "fetched" else "done", runBlocking { verifier.status(asked) })
            citizen.isDone()
            assertEquals(posts + 1, citizen.app.calls.posts("/response/"))
            citizen.taps(citizen.words(R.string.history_title))
            citizen.waitsFor(citizen.words(R.string.outcome_unknown))
            citizen.model.back()
            citizen.waitsForScreen(Screen.Documents)
        }
    }

    @Test fun `a no that breaks off shared nothing, and says that it was perhaps not heard`() {
        val citizen = stocked()
        citizen.looksAt(asked().uri)
        citizen.app.network.spoil("/response/", Relay.Spoil.HANG_UP)
        citizen.taps(citizen.words(R.string.share_no))
        citizen.waitsFor(citizen.words(R.string.share_declined))
        citizen.photographs("share-declined-unheard")
        assertFalse(citizen.sees(citizen.words(R.string.share_uncertain)))
        assertTrue(citizen.reads().any { it.contains("not certain") })
    }

    @Test fun `when receiving breaks off nothing is kept, and the next offer is taken`() {
        val citizen = Citizen()
        citizen.begins()
        citizen.follows(offer())
        citizen.waitsFor(citizen.words(R.string.offer_title))
        citizen.app.network.spoil("/credential", Relay.Spoil.HANG_UP)
        citizen.taps(citizen.words(R.string.go_on))
        citizen.waitsFor(citizen.words(R.string.receive_failed))
        citizen.photographs("receive-broken-off")
        assertTrue(citizen.model.receive.state.value is ReceivePresenter.State.Failed)
        citizen.app.network.behave()
        citizen.isDone()
        citizen.waitsFor(citizen.words(R.string.documents_none))
        citizen.receives(offer())
    }

    @Test fun `a request that is too old is refused before anything is said`() {
        val citizen = stocked()
        val asked = asked()
        citizen.app.ahead = 3600
        val posts = citizen.app.calls.posts("/response/")
        citizen.follows(asked.uri)
        citizen.waitsForScreen(Screen.Unlock)
        citizen.unlocks()
        citizen.waits("the refusal") { citizen.model.links.task.state.value.failure != null }
        val failure = checkNotNull(citizen.model.links.task.state.value.failure)
        assertEquals(Code.REQUEST_EXPIRED, failure.code)
        citizen.waitsFor(failure.text(citizen.locale))
        assertEquals(posts, citizen.app.calls.posts("/response/"))
    }

    @Test fun `a document whose time is over says so`() {
        val citizen = stocked()
        citizen.app.ahead = 15 * DAY
        // Any look at the wallet locks it, as the watch over the lock does.
        citizen.taps(citizen.words(R.string.history_title))
        citizen.waitsForScreen(Screen.Unlock)
        citizen.unlocks()
        citizen.waitsForScreen(Screen.Documents)
        citizen.waitsFor(citizen.words(R.string.valid_no_longer, "\n").substringBefore("\n"))
    }

    private companion object {
        const val DAY = 24L * 60 * 60
    }
}
