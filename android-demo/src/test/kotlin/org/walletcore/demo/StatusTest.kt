package org.walletcore.demo

import android.view.View
import android.view.ViewGroup
import android.widget.TextView
import androidx.test.platform.app.InstrumentationRegistry
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import org.walletcore.CredentialEntry
import org.walletcore.Format
import org.walletcore.Lapse
import org.walletcore.LapsedCandidate
import org.walletcore.Question
import org.walletcore.Standing
import org.walletcore.Warning
import org.walletcore.standingText
import org.walletcore.warningText
import org.walletcore.demo.design.Ui
import org.walletcore.demo.model.Lapsed
import org.walletcore.demo.model.Screen
import org.walletcore.demo.model.SharePresenter
import org.walletcore.demo.screens.day
import org.walletcore.demo.screens.lapsed
import org.walletcore.demo.screens.name
import org.walletcore.testing.Issuer
import org.walletcore.testing.Pilot
import org.walletcore.testing.Pilot.Party
import org.walletcore.testing.Verifier

/** Documents that their issuer revoked or suspended, and those of which nobody can tell (EU-46). */
@RunWith(RobolectricTestRunner::class)
class StatusTest {
    private val verifier by lazy { runBlocking { Pilot.world().verifier(Party.EU) } }
    private val issuer: Issuer by lazy { runBlocking { Pilot.world().issuer(Party.EU) } }

    /** With a keyboard: in touch mode buttons take no focus. */
    @Before fun byKeyboard() = InstrumentationRegistry.getInstrumentation().setInTouchMode(false)

    private fun stocked(language: String = "en") = Citizen(language).apply {
        begins()
        receives(issuer.offer)
        waits("the status") { all(Standing.VALID) }
    }

    private val Citizen.entries: List<CredentialEntry> get() = model.documents.credentials.value?.entries.orEmpty()

    private fun Citizen.all(standing: Standing) = entries.isNotEmpty() && entries.all { it.status.standing == standing }

    private fun Citizen.standing(standing: Standing) = standingText(standing, locale.toLanguageTag())

    /** What the verifier here asks for. */
    private val Citizen.missed: CredentialEntry get() = entries.first { it.format == Format.DC_SD_JWT }

    private fun Citizen.name(entry: CredentialEntry = missed) = Ui(app.speaking(locale), locale).name(entry.names, entry.typeId)

    /** What is wrong, said of each document. */
    private fun Citizen.marks(standing: Standing) = reads().count { it == standing(standing) }

    private fun Citizen.noMark() = Standing.values().sumOf { marks(it) } == 0

    /** Time goes by until a list should be read again, though not until the wallet locks itself. */
    private fun Citizen.someMinutes() {
        app.ahead += 90
    }

    /** Time goes by until a list counts for nothing. */
    private fun Citizen.aDay() {
        app.ahead += 86_401
    }

    /** The screen can be used without seeing or touching it, and there is a picture of it. */
    private fun Citizen.shows(name: String) {
        Accessibility(screen()).check(name)
        photographs(name)
    }

    private fun Citizen.returns() {
        model.back()
        waitsForScreen(Screen.Documents)
    }

    private fun Citizen.looksAway() {
        taps(words(R.string.settings_title))
        waitsForScreen(Screen.Settings)
        returns()
    }

    /** The issuer says a word, and the citizen, who looked at something else meanwhile, comes back to the documents. */
    private fun Citizen.returnsAfter(word: String, said: String) {
        assertEquals(said, runBlocking { issuer.says(word) })
        someMinutes()
        looksAway()
    }

    private fun Citizen.isAsked(): Verifier.Asked {
        val asked = runBlocking { verifier.ask("eu-pid-sd-jwt") }
        follows(asked.uri)
        waitsForScreen(Screen.Share)
        return asked
    }

    private fun Citizen.looksAtIt() {
        model.documents.open(missed.id)
        waits("the document") { model.documents.document.value != null && !model.documents.task.state.value.busy }
    }

    private fun Citizen.says(no: Int) {
        taps(words(no))
        waitsFor(words(R.string.share_declined))
        taps(words(R.string.done))
        waitsForScreen(Screen.Documents)
    }

    private fun Citizen.heard(text: String) = generateSequence<View>(views().filterIsInstance<TextView>().first { it.text.toString() == text }) {
        it.parent as? ViewGroup
    }.any { it.accessibilityLiveRegion == View.ACCESSIBILITY_LIVE_REGION_POLITE }

    private fun revokedWhileOpen(language: String, look: String) {
        val citizen = stocked(language)
        assertTrue("what counts is calm", citizen.noMark())
        citizen.looksAtIt()
        assertTrue(citizen.sees(citizen.standing(Standing.VALID)))
        assertTrue(citizen.sees(citizen.words(R.string.status_checked, "").trim()))
        citizen.shows("status-valid-details$look")
        citizen.returns()
        citizen.returnsAfter("revoke", "revoked")
        val news = citizen.words(R.string.status_now_revoked, citizen.name())
        citizen.waitsFor(news)
        assertTrue("said by a screen reader", citizen.heard(news))
        assertEquals(citizen.entries.size, citizen.marks(Standing.REVOKED))
        assertFalse("nothing of it can be shown", citizen.reads().any { it == citizen.counted(R.plurals.copies_left, 3) })
        citizen.shows("status-revoked$look")
        citizen.taps(citizen.words(R.string.interrupted_read))
        citizen.waits("the news to go") { !citizen.sees(news) }
        assertEquals("the mark stays", citizen.entries.size, citizen.marks(Standing.REVOKED))
        citizen.looksAtIt()
        assertTrue(citizen.sees(citizen.standing(Standing.REVOKED)))
        assertTrue(citizen.sees(citizen.words(R.string.status_revoked_about)))
        assertFalse("it does not stay valid", citizen.views().any { (it as? TextView)?.text == citizen.words(R.string.delete_about) })
        citizen.shows("status-revoked-details$look")
        citizen.returns()

        val posts = citizen.app.calls.posts("/response/")
        val asked = citizen.isAsked()
        citizen.waitsFor(citizen.words(R.string.share_nothing_fits))
        assertTrue(citizen.sees(citizen.words(R.string.share_lapsed_revoked, citizen.name())))
        assertTrue(citizen.sees(citizen.words(R.string.share_lapsed_renew)))
        assertFalse(citizen.canTap(citizen.words(R.string.share_yes)))
        citizen.shows("status-revoked-share$look")
        assertEquals("told before anything reaches them", posts, citizen.app.calls.posts("/response/"))
        assertEquals("fetched", runBlocking { verifier.status(asked) })
    }

    @Test fun `what is revoked is marked, told of, not offered, and explained where it is missed`() = revokedWhileOpen("en", "")

    @Test fun `in French as well`() = revokedWhileOpen("fr", "")

    @Test @Config(qualifiers = "+night") fun `by night as well`() = revokedWhileOpen("fr", "-night")

    @Test @Config(qualifiers = "w320dp-h640dp", fontScale = 2.0f) fun `on a small phone with large letters as well`() =
        revokedWhileOpen("fr", "-large")

    @Test fun `what is suspended counts for nothing until it counts again`() {
        val citizen = stocked("fr")
        citizen.returnsAfter("suspend", "suspended")
        citizen.waitsFor(citizen.words(R.string.status_now_suspended, citizen.name()))
        assertEquals(citizen.entries.size, citizen.marks(Standing.SUSPENDED))
        citizen.shows("status-suspended")
        citizen.looksAtIt()
        assertTrue(citizen.sees(citizen.words(R.string.status_suspended_about)))
        citizen.shows("status-suspended-details")
        citizen.returns()
        citizen.isAsked()
        citizen.waitsFor(citizen.words(R.string.share_lapsed_suspended, citizen.name()))
        assertTrue(citizen.sees(citizen.words(R.string.share_lapsed_suspended_about)))
        citizen.shows("status-suspended-share")
        citizen.says(R.string.share_no)

        citizen.returnsAfter("reinstate", "valid")
        citizen.waitsFor(citizen.words(R.string.status_now_valid, citizen.name()))
        assertTrue(citizen.noMark())
        citizen.shows("status-reinstated")
        citizen.isAsked()
        citizen.waits("Share") { citizen.canTap(citizen.words(R.string.share_yes)) }
    }

    @Test fun `what was revoked while the wallet was locked is told of after the unlock`() {
        val citizen = stocked()
        citizen.model.settings.lock()
        citizen.waitsForScreen(Screen.Unlock)
        assertEquals("revoked", runBlocking { issuer.says("revoke") })
        citizen.someMinutes()
        citizen.unlocks()
        citizen.waitsFor(citizen.words(R.string.status_now_revoked, citizen.name()))
    }

    @Test fun `while nobody can tell, a document is marked, may be shown, and the verifier may refuse it`() {
        val citizen = Citizen()
        citizen.begins()
        citizen.app.network.spoil(LISTS, Relay.Spoil.HANG_UP)
        citizen.receives(issuer.offer)
        citizen.waits("documents") { citizen.all(Standing.UNKNOWN) }
        citizen.waits("the marks") { citizen.marks(Standing.UNKNOWN) == citizen.entries.size }
        citizen.shows("status-unknown")
        citizen.looksAtIt()
        assertTrue(citizen.sees(citizen.words(R.string.status_unknown_about)))
        assertTrue(citizen.sees(citizen.words(R.string.status_checked_never)))
        citizen.shows("status-unknown-details")
        citizen.returns()
        citizen.isAsked()
        citizen.waits("Share") { citizen.canTap(citizen.words(R.string.share_yes)) }
        val asked = citizen.model.share.state.value as SharePresenter.State.Asked
        val warning = asked.warnings.single { it is Warning.StatusUnknown }
        val answered = asked.details.questions.map { it.copy(lapsed = listOf(LapsedCandidate(citizen.missed.id, Lapse.EXPIRED))) }
        assertEquals("what answers needs no excuse", emptyList<Lapsed>(), Lapsed.of(answered, citizen.entries))
        assertTrue("it informs, and asks for no second yes", asked.approvals.isEmpty())
        assertTrue(citizen.sees(warningText(warning, citizen.locale.toLanguageTag())))
        citizen.shows("status-unknown-share")
        citizen.says(R.string.share_no)

        citizen.app.network.behave()
        citizen.looksAway()
        citizen.waits("an answer") { citizen.all(Standing.VALID) && citizen.noMark() }
        assertFalse("that it counts is no news", citizen.canTap(citizen.words(R.string.interrupted_read)))
    }

    @Test fun `what is known gets too old, and is shown with its date`() {
        val citizen = stocked("fr")
        citizen.app.network.spoil(LISTS, Relay.Spoil.HANG_UP)
        val reads = citizen.app.calls.reads(LISTS)
        citizen.someMinutes()
        citizen.looksAway()
        citizen.waits("a look in vain") { citizen.app.calls.reads(LISTS) > reads }
        assertTrue("a list that is due still counts", citizen.noMark())
        citizen.model.settings.lock()
        citizen.waitsForScreen(Screen.Unlock)
        citizen.aDay()
        citizen.unlocks()
        citizen.waits("the marks") { citizen.marks(Standing.UNKNOWN) == citizen.entries.size }
        citizen.looksAtIt()
        assertTrue(citizen.reads().any { it.startsWith(citizen.words(R.string.status_last_known, "", "").substringBefore(" ")) && it.endsWith(citizen.standing(Standing.VALID)) })
        citizen.shows("status-outdated-details")
    }

    @Test fun `nobody asks an issuer because a verifier asks`() {
        val citizen = stocked()
        citizen.someMinutes()
        val reads = citizen.app.calls.reads(LISTS)
        assertTrue(reads > 0)
        citizen.isAsked()
        citizen.waits("Share") { citizen.canTap(citizen.words(R.string.share_yes)) }
        citizen.says(R.string.share_no)
        citizen.idles()
        assertEquals("neither then nor on the way back", reads, citizen.app.calls.reads(LISTS))
        citizen.looksAway()
        citizen.waits("the lists") { citizen.app.calls.reads(LISTS) > reads }
    }

    @Test fun `a look at a wallet that was closed says nothing`() {
        val citizen = stocked()
        citizen.someMinutes()
        citizen.model.recovery.erase()
        citizen.model.statuses.look()
        citizen.waitsForScreen(Screen.Begin)
        citizen.model.statuses.look()
        citizen.idles()
        assertEquals(Screen.Begin, citizen.model.navigator.current)
    }

    @Test fun `what is not in its time says since when, or from when on`() {
        val citizen = stocked()
        val entry = citizen.entries.first().copy(validFrom = 2_000_000_000, validUntil = 1_000_000_000)
        val question = Question("pid", emptyList(), listOf(LapsedCandidate(entry.id, Lapse.EXPIRED), LapsedCandidate("gone", Lapse.EXPIRED)))
        assertEquals("each once, while it is there", listOf(Lapsed(entry, Lapse.EXPIRED)), Lapsed.of(listOf(question, question), listOf(entry)))
        for (language in listOf("en", "fr")) {
            val words = Citizen(language)
            val ui = Ui(citizen.app.speaking(words.locale), words.locale)
            val (from, until) = listOf(2_000_000_000L, 1_000_000_000L).map { ui.day(it) }
            fun said(reason: Lapse) = texts(ui.column { lapsed(Lapsed(entry, reason)) })
            val name = ui.name(entry.names, entry.typeId)
            assertEquals(
                listOf(words.words(R.string.share_lapsed_expired, name, until), words.words(R.string.share_lapsed_renew)), said(Lapse.EXPIRED),
            )
            assertEquals(
                listOf(words.words(R.string.share_lapsed_not_yet, name, from), words.words(R.string.share_lapsed_not_yet_about)),
                said(Lapse.NOT_YET_VALID),
            )
        }
    }

    private fun texts(view: View): List<String> = when (view) {
        is ViewGroup -> (0 until view.childCount).flatMap { texts(view.getChildAt(it)) }
        is TextView -> listOf(view.text.toString())
        else -> emptyList()
    }

    private companion object {
        /** What the addresses of the issuer's status lists have in them. */
        const val LISTS = "/status"
    }
}
