package org.walletcore.demo

import android.os.Bundle
import android.os.Parcel
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.shadows.ShadowLog
import org.walletcore.demo.model.Screen
import org.walletcore.testing.Pilot
import org.walletcore.testing.Pilot.Party

/** What must not leave the app does not: neither into the phone's log nor into what the system keeps of a screen. */
@RunWith(RobolectricTestRunner::class)
class SecretsTest {
    private val secrets = HashSet<String>()
    private val kept = ArrayList<String>()

    /** What the system would keep of the screen that is open, as text. */
    private fun Citizen.isKept() {
        val bundle = Bundle().also(::saves)
        val parcel = Parcel.obtain().apply { writeBundle(bundle) }
        val bytes = parcel.marshall()
        parcel.recycle()
        // Texts are kept in UTF-16, some in UTF-8.
        kept += String(bytes, Charsets.UTF_16LE) + String(bytes.drop(1).toByteArray(), Charsets.UTF_16LE) + String(bytes, Charsets.UTF_8)
    }

    @Test fun `nothing secret is logged or kept`() {
        ShadowLog.reset()
        val citizen = Citizen()
        secrets += CODE
        secrets += Citizen.PIN
        citizen.opens()
        citizen.waitsForScreen(Screen.Begin)
        citizen.types(Citizen.PIN, Citizen.PIN)
        citizen.isKept()
        citizen.taps(citizen.words(R.string.begin_make))
        citizen.waitsForScreen(Screen.ShowRecoveryKey)
        secrets += citizen.model.newKey.groups
        citizen.isKept()
        citizen.taps(citizen.words(R.string.recovery_written))
        citizen.waitsForScreen(Screen.ConfirmRecoveryKey)
        citizen.types(*citizen.model.newKey.asked.map { citizen.model.newKey.groups[it] }.toTypedArray())
        citizen.isKept()
        citizen.taps(citizen.words(R.string.go_on))
        citizen.waitsFor(citizen.words(R.string.documents_none))

        val offer = runBlocking { Pilot.world().issuer(Party.EU, CODE).offer }
        // Whoever has the code in the link can take the document.
        secrets += checkNotNull(Regex("pre-authorized_code%22%3A%22([^%]+)").find(offer)) { offer }.groupValues[1]
        citizen.follows(offer)
        citizen.waitsFor(citizen.words(R.string.offer_title))
        citizen.types(CODE)
        citizen.isKept()
        citizen.taps(citizen.words(R.string.go_on))
        citizen.waitsFor(citizen.words(R.string.preview_title))
        citizen.isKept()
        citizen.taps(citizen.words(R.string.preview_keep))
        citizen.waits("what was kept") { citizen.canTap(citizen.words(R.string.done)) }
        citizen.taps(citizen.words(R.string.done))
        citizen.waits("the documents") { citizen.model.documents.credentials.value?.entries?.isNotEmpty() == true }
        for (entry in citizen.model.documents.credentials.value!!.entries) {
            citizen.model.documents.open(entry.id)
            citizen.waits("the document") { citizen.model.documents.document.value?.entry?.id == entry.id }
            citizen.isKept()
            // Short ones, such as “NL” or “1”, stand in every log by chance.
            secrets += citizen.model.documents.document.value!!.claims.map { it.reveal("en") }.filter { it.length > 5 }
            citizen.model.back()
        }
        assertTrue("$secrets", "Vandermeer" in secrets)

        val verifier = runBlocking { Pilot.world().verifier(Party.EU) }
        citizen.follows(runBlocking { verifier.ask("portrait") }.uri)
        citizen.waits("the question") { citizen.canTap(citizen.words(R.string.share_yes)) }
        citizen.taps(citizen.words(R.string.share_see))
        citizen.waits("a value") { citizen.views().none { !it.isEnabled } }
        citizen.isKept()
        citizen.taps(citizen.words(R.string.share_yes))
        citizen.waitsFor(citizen.words(R.string.share_sent))
        citizen.taps(citizen.words(R.string.done))
        citizen.waitsForScreen(Screen.Documents)
        citizen.model.settings.lock()
        citizen.waitsForScreen(Screen.Unlock)
        citizen.unlocks("000111")
        citizen.isKept()
        citizen.unlocks()
        citizen.waitsForScreen(Screen.Documents)

        val logged = ShadowLog.getLogs().joinToString("\n") { "${it.tag} ${it.msg} ${it.throwable?.stackTraceToString()}" }
        for (secret in secrets) {
            assertFalse("“$secret” is in the log", secret in logged)
            for (text in kept) assertFalse("“$secret” is kept", secret in text)
        }
        assertTrue("something was kept to be looked at", kept.any { "SHARE" in it } && kept.any { "RECEIVE" in it })
        android.util.Log.i("test", Citizen.PIN)
        assertTrue("the log is the one that is looked at", ShadowLog.getLogs().any { Citizen.PIN in it.msg })
    }

    private companion object {
        const val CODE = "4930271"
    }
}
