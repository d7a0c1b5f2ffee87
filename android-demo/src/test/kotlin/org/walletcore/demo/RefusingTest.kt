package org.walletcore.demo

import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import org.walletcore.Code
import org.walletcore.code
import org.walletcore.text
import org.walletcore.demo.model.Screen
import org.walletcore.testing.Pilot
import org.walletcore.testing.Pilot.Party

/** Requests that are not what they say, or of whom nobody knows who sent them. */
@RunWith(RobolectricTestRunner::class)
class RefusingTest {
    private val verifier by lazy { runBlocking { Pilot.world().verifier(Party.EU) } }

    private fun asked() = runBlocking { verifier.ask("portrait") }

    private fun attacker() = runBlocking { Attacker.of(verifier, asked()) }

    /** It is said plainly, there is nothing to agree to, and nobody hears a word. */
    private fun isRefused(citizen: Citizen, link: String, code: Code) {
        val calls = citizen.app.calls.posts("")
        citizen.follows(link)
        citizen.waits("the refusal") { citizen.model.links.task.state.value.failure != null }
        val failure = checkNotNull(citizen.model.links.task.state.value.failure)
        assertEquals(code, failure.code)
        assertEquals(Screen.Documents, citizen.model.navigator.current)
        citizen.waitsFor(failure.text(citizen.locale))
        assertFalse(citizen.canTap(citizen.words(R.string.share_yes)))
        assertEquals("nothing was posted to anybody", calls, citizen.app.calls.posts(""))
    }

    private fun historyCounts(citizen: Citizen, refusals: Int) {
        citizen.taps(citizen.words(R.string.history_title))
        citizen.waitsForScreen(Screen.History)
        citizen.waitsFor(citizen.counted(R.plurals.history_refused_unknown, refusals))
    }

    @Test fun `attacked requests have no Share button, tell nobody, and are in the history`() {
        val citizen = Citizen()
        citizen.begins()
        citizen.receives(runBlocking { Pilot.world().issuer(Party.EU).offer })
        isRefused(citizen, attacker().takesTheAnswer(), Code.REQUEST_SIGNATURE_INVALID)
        citizen.photographs("share-attacked")
        isRefused(citizen, attacker().takesTheSignatureAway(), Code.JWS_MALFORMED)
        isRefused(citizen, attacker().saysAnotherName(), Code.CLIENT_ID_MISMATCH)
        historyCounts(citizen, 3)
        citizen.photographs("history-attacked")
    }

    @Test fun `a request from nobody is refused`() {
        val citizen = Citizen("fr")
        citizen.begins()
        isRefused(citizen, runBlocking { verifier.asksUnsigned("eu-pid-sd-jwt").uri }, Code.VERIFIER_UNVERIFIED)
        historyCounts(citizen, 1)
    }

    @Test @Config(application = UnlistedApp::class) fun `a verifier on no list is refused`() {
        val citizen = Citizen()
        citizen.begins()
        citizen.receives(runBlocking { Pilot.world().issuer(Party.EU).offer })
        isRefused(citizen, asked().uri, Code.ANCHOR_UNKNOWN)
    }

    @Test @Config(application = LenientApp::class) fun `where unlisted ones are let through, they need a second yes by name`() {
        for (language in listOf("en", "fr")) {
            val citizen = Citizen(language)
            if (language == "en") {
                citizen.begins()
                citizen.receives(runBlocking { Pilot.world().issuer(Party.EU).offer })
            } else {
                citizen.opens()
            }
            val asked = runBlocking { verifier.asksUnsigned("eu-pid-sd-jwt") }
            citizen.follows(asked.uri)
            citizen.waitsForScreen(Screen.Share)
            citizen.waitsFor(citizen.words(R.string.share_unknown))
            citizen.photographs("share-unlisted")
            val tick = citizen.views().filterIsInstance<android.widget.CheckBox>().single()
            assertFalse("nobody ticked it yet", tick.isChecked)
            val address = java.net.URI(verifier.url).authority
            assertTrue("it names them: ${tick.text}", address in tick.text)
            assertFalse("no Share before the second yes", citizen.canTap(citizen.words(R.string.share_yes)))
            citizen.ticks()
            citizen.waits("Share") { citizen.canTap(citizen.words(R.string.share_yes)) }
            citizen.ticks()
            citizen.waits("no Share again") { !citizen.canTap(citizen.words(R.string.share_yes)) }
            citizen.ticks()
            citizen.waits("Share") { citizen.canTap(citizen.words(R.string.share_yes)) }
            citizen.taps(citizen.words(R.string.share_yes))
            citizen.waitsFor(citizen.words(R.string.share_sent))
            assertTrue(runBlocking { verifier.verdict(asked) }["verified"].isTrue)
            citizen.taps(citizen.words(R.string.done))
            citizen.waitsForScreen(Screen.Documents)
        }
    }
}
