package org.walletcore.demo

import android.content.Intent
import android.widget.CheckBox
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import org.walletcore.demo.model.Screen
import org.walletcore.demo.model.SharePresenter
import org.walletcore.testing.Pilot
import org.walletcore.testing.Pilot.Party
import org.walletcore.testing.Verifier

/** What a verifier is registered for, as a citizen sees it before a yes and after it (EU-42, EU-43). */
@RunWith(RobolectricTestRunner::class)
class RegistrationTest {
    private val verifier by lazy { runBlocking { Pilot.world().verifier(Party.EU) } }

    private fun stocked(language: String = "en") = Citizen(language).apply {
        begins()
        receives(runBlocking { Pilot.world().issuer(Party.EU).offer })
    }

    private fun Citizen.isAsked(registration: String, sameDevice: Boolean = false): Verifier.Asked {
        val asked = runBlocking { verifier.ask("eu-pid-sd-jwt", registration = registration, sameDevice = sameDevice) }
        follows(asked.uri)
        waitsForScreen(Screen.Share)
        return asked
    }

    private fun Citizen.canShare() = canTap(words(R.string.share_yes))

    private fun Citizen.looksAtTheLastEntry() {
        taps(words(R.string.done))
        waitsForScreen(Screen.Documents)
        taps(words(R.string.history_title))
        waitsForScreen(Screen.History)
        waitsFor(words(R.string.outcome_sent))
        taps(words(R.string.history_sent_to, "").trim())
        waitsFor(words(R.string.history_shared_heading))
    }

    @Test fun `who says what for needs no second yes, and what is open to the citizen is a tap away`() {
        for (language in listOf("en", "fr")) {
            val citizen = if (language == "en") stocked() else Citizen(language).apply { opens() }
            citizen.isAsked("fitting")
            citizen.waitsFor(citizen.words(R.string.share_what_for))
            citizen.photographs("share-registered")
            assertTrue(citizen.canShare())
            assertEquals(emptyList<CheckBox>(), citizen.views().filterIsInstance<CheckBox>())
            assertFalse(citizen.sees(citizen.words(R.string.share_no_purpose)))
            assertFalse(citizen.sees(citizen.words(R.string.share_more_than_registered)))
            citizen.taps(citizen.words(R.string.share_privacy))
            citizen.idles()
            val opened = shadowOf(citizen.app).nextStartedActivity
            assertEquals(Intent.ACTION_VIEW, opened.action)
            assertEquals("https", opened.data?.scheme)
            assertEquals("the question still stands", Screen.Share, citizen.model.navigator.current)
            citizen.taps(citizen.words(R.string.share_yes))
            citizen.waitsFor(citizen.words(R.string.share_sent))
            citizen.looksAtTheLastEntry()
            assertTrue(citizen.sees(citizen.words(R.string.history_what_for, "")))
            assertTrue(citizen.sees(citizen.words(R.string.share_privacy)))
            citizen.photographs("history-registered")
            citizen.model.navigator.start(Screen.Documents)
        }
    }

    @Test fun `what is more than they registered is marked, and needs a second yes`() {
        val citizen = stocked()
        val asked = citizen.isAsked("narrow")
        citizen.waitsFor(citizen.words(R.string.share_more))
        citizen.photographs("share-more")
        val marks = citizen.reads().count { it == citizen.words(R.string.share_more_than_registered) }
        val items = (citizen.model.share.state.value as SharePresenter.State.Asked).details.questions.flatMap { it.candidates.first().options.first().claims }
        assertEquals("each claim but the first", items.drop(1).sumOf { it.locations.size }, marks)
        assertFalse(citizen.views().filterIsInstance<CheckBox>().single().isChecked)
        assertFalse(citizen.canShare())
        citizen.ticks()
        citizen.waits("Share") { citizen.canShare() }
        citizen.taps(citizen.words(R.string.share_yes))
        citizen.waitsFor(citizen.words(R.string.share_sent))
        assertTrue(runBlocking { verifier.verdict(asked) }["verified"].isTrue)
        citizen.looksAtTheLastEntry()
        assertTrue(citizen.sees(citizen.words(R.string.history_asked_more, "").trim()))
    }

    @Test fun `a registration that is over says nothing, and needs a second yes`() {
        val citizen = stocked("fr")
        citizen.isAsked("expired")
        citizen.waitsFor(citizen.words(R.string.share_unconfirmed))
        citizen.photographs("share-unconfirmed")
        assertTrue(citizen.sees(citizen.words(R.string.share_no_purpose)))
        assertFalse("nothing that it says is believed", citizen.sees(citizen.words(R.string.share_privacy)))
        assertFalse(citizen.canShare())
        citizen.ticks()
        citizen.waits("Share") { citizen.canShare() }
    }

    @Test fun `who shows no registration gave no reason`() {
        val citizen = stocked()
        citizen.isAsked("absent")
        citizen.waitsFor(citizen.words(R.string.share_no_purpose))
        assertTrue(citizen.canShare())
    }

    @Test fun `who came from their page goes back there`() {
        val citizen = stocked()
        citizen.isAsked("fitting", sameDevice = true)
        citizen.waits("Share") { citizen.canShare() }
        citizen.taps(citizen.words(R.string.share_yes))
        citizen.waitsFor(citizen.words(R.string.share_sent))
        citizen.taps(citizen.words(R.string.share_go_on, "").trim())
        citizen.idles()
        val opened = shadowOf(citizen.app).nextStartedActivity
        assertTrue("${opened.data}", opened.dataString.orEmpty().startsWith("${verifier.url}/"))
        assertEquals(Screen.Documents, citizen.model.navigator.current)
    }
}
