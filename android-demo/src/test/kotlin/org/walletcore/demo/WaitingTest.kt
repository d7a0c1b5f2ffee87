package org.walletcore.demo

import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.walletcore.Code
import org.walletcore.code
import org.walletcore.demo.model.Screen
import org.walletcore.demo.model.SharePresenter
import org.walletcore.testing.Pilot
import org.walletcore.testing.Pilot.Party

/** What waits: links for decisions, and whoever mistyped the PIN for the next try. */
@RunWith(RobolectricTestRunner::class)
class WaitingTest {
    private val verifier by lazy { runBlocking { Pilot.world().verifier(Party.EU) } }

    private fun stocked() = Citizen().apply {
        begins()
        receives(runBlocking { Pilot.world().issuer(Party.EU).offer })
    }

    private fun Citizen.asked() = (model.share.state.value as SharePresenter.State.Asked).details

    @Test fun `the same link again is the same question, fetched once`() {
        val citizen = stocked()
        val link = runBlocking { verifier.ask("eu-pid-sd-jwt").uri }
        citizen.follows(link)
        citizen.waitsForScreen(Screen.Share)
        val calls = citizen.app.calls.count
        citizen.follows(link)
        citizen.turns()
        assertEquals(Screen.Share, citizen.model.navigator.current)
        citizen.waitsFor(citizen.words(R.string.share_asks))
        citizen.model.settings.lock()
        citizen.waitsForScreen(Screen.Unlock)
        citizen.unlocks()
        citizen.waitsForScreen(Screen.Share)
        assertEquals("nobody was asked again", calls, citizen.app.calls.count)
        citizen.taps(citizen.words(R.string.share_yes))
        citizen.waitsFor(citizen.words(R.string.share_sent))
        assertEquals(1, citizen.app.calls.posts("/response/"))
    }

    @Test fun `a new link waits while something is decided, and comes afterwards`() {
        val citizen = stocked()
        val first = runBlocking { verifier.ask("eu-pid-sd-jwt") }
        val second = runBlocking { verifier.ask("portrait") }
        citizen.follows(first.uri)
        citizen.waitsForScreen(Screen.Share)
        val details = citizen.asked()
        citizen.follows(second.uri)
        citizen.idles()
        assertEquals("the question stands", details, citizen.asked())
        assertEquals("waiting", runBlocking { verifier.status(second) })
        citizen.taps(citizen.words(R.string.share_no))
        citizen.waitsFor(citizen.words(R.string.share_declined))
        citizen.taps(citizen.words(R.string.done))
        citizen.waits("the second question") { citizen.model.share.state.value is SharePresenter.State.Asked }
        assertTrue(citizen.asked() != details)
        assertEquals("fetched", runBlocking { verifier.status(second) })
    }

    @Test fun `each wrong PIN waits longer, and the right one is not tried before`() {
        val citizen = Citizen("fr")
        citizen.begins()
        citizen.model.settings.lock()
        citizen.waitsForScreen(Screen.Unlock)
        for (wait in listOf(0L, 0L, 0L, 30L)) {
            citizen.app.ahead += wait
            citizen.unlocks("000111")
            citizen.waits("the refusal") { citizen.model.unlock.task.state.value.failure?.code == Code.PIN_WRONG }
            citizen.photographs("unlock-wrong")
        }
        citizen.unlocks()
        citizen.waits("the wait") { citizen.model.unlock.task.state.value.failure?.code == Code.PIN_WAIT }
        citizen.photographs("unlock-wait")
        citizen.app.ahead += 50
        citizen.unlocks()
        citizen.waits("the wait") { citizen.model.unlock.task.state.value.failure?.code == Code.PIN_WAIT }
        citizen.app.ahead += 10
        citizen.unlocks()
        citizen.waitsForScreen(Screen.Documents)
    }
}
