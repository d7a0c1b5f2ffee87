package org.walletcore.demo.death

import java.io.File
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.walletcore.Code
import org.walletcore.HistoryEvent
import org.walletcore.Outcome
import org.walletcore.code
import org.walletcore.demo.model.ReceivePresenter
import org.walletcore.demo.model.Screen
import org.walletcore.demo.model.SharePresenter
import org.walletcore.demo.model.Underway
import org.walletcore.testing.Pilot
import org.walletcore.testing.Pilot.Party
import org.walletcore.testing.temporaryFolder

/**
 * A process is killed in the middle of each flow. The next one, which is this, has the vault's folder and one word; it comes
 * back to the same place, or says what happened, and sends nothing twice.
 */
class ProcessDeathTest {
    private val folder = temporaryFolder()
    private val world by lazy { runBlocking { Pilot.world() } }
    private val verifier by lazy { world.verifier(Party.EU) }
    private val issuer by lazy { runBlocking { world.issuer(Party.EU) } }
    private val asked by lazy { runBlocking { verifier.ask("eu-pid-sd-jwt") } }

    @Before fun trust() {
        val trusted = File(folder, "trust").apply { mkdirs() }
        world.anchors.forEachIndexed { number, (list, pem) ->
            File(trusted, "$list.${if (list.name == "TLS") 0 else number}").writeText(pem)
        }
    }

    /** A process that gets to this moment, and is killed. Gives the word that the system would keep. */
    private fun isKilledAt(moment: Moment, vararg links: String): Underway? {
        val process = ProcessBuilder(
            File(System.getProperty("java.home"), "bin/java").path, "-cp", System.getProperty("java.class.path"),
            ShortLife::class.java.name, folder.path, moment.name, *links,
        ).redirectError(ProcessBuilder.Redirect.INHERIT).start()
        try {
            val word = process.inputStream.bufferedReader().lineSequence().firstOrNull { it.startsWith("HERE ") }
            return checkNotNull(word) { "it did not get there" }.removePrefix("HERE ").takeIf { it != "null" }?.let(Underway::valueOf)
        } finally {
            process.destroyForcibly().waitFor()
        }
    }

    private fun nextLife(before: Underway?) = Life(folder).apply { starts(before) }

    @Test fun `while the recovery key is shown, the wallet is begun anew`() {
        val life = nextLife(isKilledAt(Moment.RECOVERY_KEY))
        assertEquals(Screen.Begin, life.model.navigator.current)
        assertTrue("it is said", life.model.begin.brokenOff)
        assertFalse(Life.vault(folder).exists())
        life.begins()
        assertEquals(Screen.Documents, life.model.navigator.current)
    }

    @Test fun `while a link waits, it is said that it was lost`() {
        val word = isKilledAt(Moment.LINK_WAITS, issuer.offer)
        assertEquals(Underway.LINK, word)
        val life = nextLife(word)
        life.unlocks()
        assertEquals(Screen.Documents to Underway.LINK, life.model.navigator.current to life.model.interrupted.value)
        life.follows(issuer.offer)
        life.waits("the offer") { receive.isOffered }
    }

    @Test fun `before the code, it is said that nothing was received, and the same link goes on`() {
        val word = isKilledAt(Moment.OFFER, issuer.offer)
        assertEquals(Underway.RECEIVE, word)
        val life = nextLife(word)
        life.unlocks()
        assertEquals(Screen.Documents to Underway.RECEIVE, life.model.navigator.current to life.model.interrupted.value)
        life.does { interruptionRead() }
        assertNull(life.model.underway)
        life.follows(issuer.offer)
        life.waits("the offer") { receive.isOffered }
    }

    @Test fun `after the preview, the same preview is there, and is kept once`() {
        val word = isKilledAt(Moment.PREVIEW, issuer.offer)
        val life = nextLife(word)
        life.unlocks()
        life.waits("the preview") { receive.state.value is ReceivePresenter.State.Received }
        assertEquals(Screen.Receive to null, life.model.navigator.current to life.model.interrupted.value)
        life.does { receive.keep() }
        life.waits("what is kept") { receive.state.value is ReceivePresenter.State.Kept }
        assertEquals("credential_accepted", runBlocking { issuer.notified() })
        assertEquals("the credential was not asked for again", 0, life.calls.posts("/credential"))
    }

    @Test fun `while consent is asked for, the same question is there, and is answered once`() {
        val word = isKilledAt(Moment.CONSENT, issuer.offer, asked.uri)
        assertEquals(Underway.SHARE, word)
        val life = nextLife(word)
        life.unlocks()
        life.waits("the question") { share.state.value is SharePresenter.State.Asked }
        assertEquals(Screen.Share to null, life.model.navigator.current to life.model.interrupted.value)
        assertEquals("the request was not fetched again", 0, life.calls.count)
        life.does { share.share() }
        life.waits("the answer") { share.state.value is SharePresenter.State.Sent }
        assertTrue(runBlocking { verifier.verdict(asked) }["verified"].isTrue)
        assertEquals(1, life.calls.posts("/response/"))
    }

    @Test fun `while an answer is on its way, it is said so, and it is not sent again`() {
        val word = isKilledAt(Moment.SENDING, issuer.offer, asked.uri)
        assertEquals(Underway.SHARE, word)
        assertTrue("it has arrived", runBlocking { verifier.verdict(asked) }["verified"].isTrue)
        val life = nextLife(word)
        life.unlocks()
        assertEquals(Screen.Documents to Underway.SHARE, life.model.navigator.current to life.model.interrupted.value)
        life.follows(asked.uri)
        life.waits("the refusal") { links.task.state.value.failure != null }
        assertEquals(Code.ALREADY_SENDING, life.model.links.task.state.value.failure?.code)
        assertEquals("nothing was sent again", 0, life.calls.count)
        life.waits("the history") { history.state.value.log != null }
        val sending = checkNotNull(life.model.history.state.value.log).entries.filter { it.entry.event is HistoryEvent.Sending }
        assertEquals("it is written down", 1, sending.size)
        assertEquals("and not called sent", Outcome.Unknown, sending.single().outcome)
    }
}
