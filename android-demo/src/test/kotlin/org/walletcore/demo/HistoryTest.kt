package org.walletcore.demo

import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.walletcore.HistoryEvent
import org.walletcore.demo.model.Screen
import org.walletcore.testing.Pilot
import org.walletcore.testing.Pilot.Party

/** What the wallet remembers: finding it, taking it along, deleting it. */
@RunWith(RobolectricTestRunner::class)
class HistoryTest {
    private val citizen = Citizen()

    /** Something received, something shared, and something said no to. */
    private fun withAHistory() {
        citizen.begins()
        citizen.receives(runBlocking { Pilot.world().issuer(Party.CA).offer })
        for (answer in listOf(R.string.share_yes, R.string.share_no)) {
            citizen.follows(runBlocking { Pilot.world().verifier(Party.CA).ask("ca-age-19") }.uri)
            citizen.waitsForScreen(Screen.Share)
            citizen.taps(citizen.words(answer))
            citizen.waits("the outcome") { citizen.canTap(citizen.words(R.string.done)) }
            citizen.taps(citizen.words(R.string.done))
            citizen.waitsForScreen(Screen.Documents)
        }
        citizen.taps(citizen.words(R.string.history_title))
        citizen.waits("three entries") { entries().size == 3 }
    }

    private fun entries() = citizen.model.history.state.value.entries

    @Test fun `the history is filtered by what happened, and by whom`() {
        withAHistory()
        citizen.photographs("history-all")
        val verifier = (entries().first { it.entry.event is HistoryEvent.Declined }.entry.event as HistoryEvent.Declined).verifier.name
        citizen.taps(citizen.words(R.string.history_filter_shared))
        citizen.waits("what was shared") { citizen.sees(citizen.words(R.string.outcome_sent)) }
        assertTrue(entries().single().entry.event is HistoryEvent.Sending)
        assertFalse(citizen.sees(citizen.words(R.string.history_declined, verifier)))
        citizen.taps(citizen.words(R.string.history_filter_refused))
        citizen.waitsFor(citizen.words(R.string.history_declined, verifier))
        assertEquals(1, entries().size)
        citizen.taps(citizen.words(R.string.history_filter_received))
        citizen.waits("what was received") { entries().single().entry.event is HistoryEvent.Received }
        citizen.taps(citizen.words(R.string.history_filter_all))
        citizen.waitsFor(citizen.words(R.string.history_declined, verifier))
        citizen.taps(citizen.words(R.string.history_declined, verifier))
        citizen.waitsFor(citizen.words(R.string.history_entry))
        citizen.photographs("history-entry")
        citizen.taps(citizen.words(R.string.history_show_only, verifier))
        citizen.waitsFor(citizen.words(R.string.history_only, verifier))
        assertEquals(2, entries().size)
        citizen.photographs("history-one-party")
        citizen.taps(citizen.words(R.string.history_everybody))
        citizen.waits("all") { entries().size == 3 }
    }

    @Test fun `what is shown is saved where the citizen wants it, in their language`() {
        withAHistory()
        citizen.taps(citizen.words(R.string.history_export))
        Picker(citizen).leaves()
        citizen.waits("nothing to happen") { !citizen.model.history.task.state.value.busy }
        assertFalse(citizen.sees(citizen.words(R.string.file_saved)))
        citizen.taps(citizen.words(R.string.history_export))
        val written = Picker(citizen).chooses()
        citizen.waitsFor(citizen.words(R.string.file_saved))
        val text = written.toString("UTF-8")
        assertTrue(text, citizen.words(R.string.history_shared_heading) in text && citizen.words(R.string.outcome_sent) in text)
        assertFalse("no value of a claim is in it", "Andersson" in text)
    }

    @Test fun `one entry is deleted, then all, and not without being asked twice`() {
        withAHistory()
        val verifier = (entries().first { it.entry.event is HistoryEvent.Declined }.entry.event as HistoryEvent.Declined).verifier.name
        citizen.taps(citizen.words(R.string.history_declined, verifier))
        citizen.waitsFor(citizen.words(R.string.history_entry))
        citizen.taps(citizen.words(R.string.history_delete))
        citizen.taps(citizen.words(R.string.cancel))
        assertFalse(citizen.canTap(citizen.words(R.string.delete_yes)))
        citizen.taps(citizen.words(R.string.history_delete))
        citizen.photographs("history-delete")
        citizen.taps(citizen.words(R.string.delete_yes))
        citizen.waits("that it is gone") { entries().none { it.entry.event is HistoryEvent.Declined } }
        assertTrue(entries().first().entry.event is HistoryEvent.EntriesDeleted)
        citizen.waitsForScreen(Screen.History)
        citizen.taps(citizen.words(R.string.history_delete_all))
        citizen.taps(citizen.words(R.string.delete_yes))
        citizen.waits("that only the deletions are left") { entries().all { it.entry.event is HistoryEvent.EntriesDeleted } }
    }

    @Test fun `another language shows at once in the history and in the settings`() {
        withAHistory()
        citizen.model.preferences.choose(java.util.Locale.FRENCH)
        val french = Citizen("fr")
        citizen.waitsFor(french.words(R.string.history_about))
        citizen.model.navigator.back()
        citizen.model.settings.open()
        citizen.waitsFor(french.words(R.string.settings_trust_about))
        citizen.taps("English")
        citizen.waitsFor(citizen.words(R.string.settings_trust_about))
    }
}
