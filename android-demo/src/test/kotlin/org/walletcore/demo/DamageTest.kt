package org.walletcore.demo

import java.io.File
import java.util.concurrent.CopyOnWriteArrayList
import kotlinx.coroutines.CoroutineExceptionHandler
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.flow.filterNotNull
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.walletcore.Checkup
import org.walletcore.Incoming
import org.walletcore.Ports
import org.walletcore.Source
import org.walletcore.WalletException
import org.walletcore.demo.model.Model
import org.walletcore.demo.model.Screen
import org.walletcore.demo.model.Session
import org.walletcore.demo.model.Trusted
import org.walletcore.testing.Pilot
import org.walletcore.testing.TestClock
import org.walletcore.testing.TestSecureArea
import org.walletcore.testing.TestWallet
import org.walletcore.testing.temporaryFolder

/** A wallet's file that was damaged: the app opens and says what is, or does not open and offers to begin anew. */
class DamageTest {
    private val area = TestSecureArea()
    private val clock = TestClock()
    private val preferences = PlainPreferences()
    private val uncaught = CopyOnWriteArrayList<Throwable>()
    private val scope = CoroutineScope(Dispatchers.Unconfined + SupervisorJob() + CoroutineExceptionHandler { _, thrown -> uncaught += thrown })

    /** On a phone each would have ended the app. */
    @After fun nothingIsThrownAtNobody() = assertEquals(emptyList<Throwable>(), uncaught.toList())

    private suspend fun session(file: File) = Session(file, Ports(TestWallet.http(), area, null, clock, null), preferences, trusted)

    private val trusted = Trusted { Pilot.world().anchors.map { (list, pem) -> Trusted.Anchors(list, pem, "pilot") } }

    /** Makes a wallet with documents in it, and closes it. Gives its recovery key. */
    private suspend fun filled(file: File): String {
        val session = session(file)
        val key = session.create("481516", "").use { String(it.reveal()) }
        val offer = session.wallet.openLink(Pilot.world().issuer(Pilot.Party.EU).offer, Source.LINK) as Incoming.Offer
        offer.offer.accept(null, "").keep()
        session.finish()
        session.close()
        return key
    }

    /** What the app says of a file: what a look at it found, or why it does not open. */
    private suspend fun says(file: File, key: String): Any {
        val session = session(file)
        val model = Model(scope, session, preferences, NoWords, barePhone())
        try {
            model.start()
            withTimeout(20_000) { model.starting.state.first { !it.busy } }
            model.starting.state.value.failure?.let { return it }
            model.recovery.unlock(key)
            withTimeout(20_000) { model.recovery.task.state.first { !it.busy } }
            model.recovery.task.state.value.failure?.let { return it }
            model.recovery.check()
            withTimeout(20_000) { model.recovery.task.state.first { !it.busy } }
            model.recovery.task.state.value.failure?.let { return it }
            return withTimeout(20_000) { model.recovery.checkup.filterNotNull().first() }
        } finally {
            session.close()
        }
    }

    @Test fun `what is damaged is named, and what is whole goes on`() = runBlocking {
        val file = File(temporaryFolder(), "vault.db")
        val key = filled(file)
        val whole = file.readBytes()
        var (named, refused) = 0 to 0
        for (part in 1..15) {
            val copy = File(temporaryFolder(), "vault.db")
            copy.writeBytes(whole.copyOf().also { it[it.size / 16 * part] = (it[it.size / 16 * part] + 1).toByte() })
            when (val said = says(copy, key)) {
                is WalletException -> refused++
                is Checkup -> if (said.damaged.isNotEmpty()) named++
            }
        }
        assertTrue("of 15 damaged files $named were named and $refused refused", named > 0)
    }

    @Test fun `a file that is no wallet is not begun anew by itself`() = runBlocking {
        val file = File(temporaryFolder(), "vault.db")
        filled(file)
        file.writeText("no wallet any more")
        val session = session(file)
        val model = Model(scope, session, preferences, NoWords, barePhone())
        model.start()
        withTimeout(20_000) { model.starting.state.first { !it.busy } }
        assertTrue(model.starting.state.value.failure != null)
        model.navigator.push(Screen.Erase)
        model.recovery.erase()
        withTimeout(20_000) { model.navigator.screens.first { it.last() == Screen.Begin } }
        assertTrue(area.list("").isEmpty() && !file.exists())
    }
}
