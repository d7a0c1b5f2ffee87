package org.walletcore.demo

import android.view.View
import android.view.View.MeasureSpec.EXACTLY
import android.view.View.MeasureSpec.makeMeasureSpec
import android.view.ViewGroup
import androidx.test.platform.app.InstrumentationRegistry
import java.io.File
import java.util.Locale
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import org.walletcore.demo.design.Ui
import org.walletcore.demo.model.Screen
import org.walletcore.demo.screens.picture
import org.walletcore.testing.Pilot
import org.walletcore.testing.Pilot.Party

/**
 * Every screen, in the order in which a citizen comes to it: looked at in both languages, by day and night, with large letters on a
 * small phone, mirrored, and by eyes that see fewer colours; each time it must be usable without seeing or touching it.
 */
@RunWith(RobolectricTestRunner::class)
class GalleryTest {
    private val folder = File(System.getProperty("screens"))
    private val sheet = ContactSheet(perRow = 6, width = 360)
    private val small = ContactSheet(perRow = 9, width = 150)

    private inner class Tour(private val look: String, private val colourBlind: Boolean = false) {
        val citizen = Citizen()

        /** The screen that is open: checked and photographed in both languages, then as it was. */
        fun stop(name: String) {
            val pictures = listOf(Locale.ENGLISH, Locale.FRENCH).map { language ->
                citizen.model.preferences.choose(language)
                citizen.idles()
                Accessibility(citizen.screen()).check("$look $name ${language.language}")
                citizen.picture().also { ContactSheet.write(it, File(folder, "$look-$name-${language.language}.png")) }
            }
            if (colourBlind) for (eyes in Eyes.values()) {
                ContactSheet.write(eyes.see(pictures[0]), File(folder, "${eyes.name.lowercase()}-$name-en.png"))
            }
            sheet.add(pictures[0], pictures[1])
            if (name in SMALL) small.add(pictures[0], pictures[1])
            mirrored(name)
            citizen.model.preferences.choose(Locale.ENGLISH)
            citizen.idles()
        }

        /** As in a language that is written from right to left. */
        private fun mirrored(name: String) {
            val seen = citizen.screen()
            val drawing = citizen.model.picture(citizen.model.navigator.current)
            val view = drawing.draw(Ui(citizen.activity.speaking(Locale("ar")), Locale.ENGLISH))
            val window = seen.parent as ViewGroup
            window.addView(view)
            view.measure(makeMeasureSpec(seen.width, EXACTLY), makeMeasureSpec(seen.height, EXACTLY))
            view.layout(0, 0, seen.width, seen.height)
            assertEquals(View.LAYOUT_DIRECTION_RTL, view.layoutDirection)
            Accessibility(view).check("$look $name mirrored")
            window.removeView(view)
        }

        /** Both answers are in sight, equally large, and met by keyboard. */
        fun answersAreEqual(no: Int, yes: Int) {
            for (language in listOf("en", "fr")) {
                citizen.model.preferences.choose(Locale(language))
                citizen.idles()
                val words = citizen.app.speaking(Locale(language))
                val met = Accessibility(citizen.screen()).byKeyboard()
                val (first, second) = listOf(no, yes).map { id ->
                    citizen.views().single { (it as? android.widget.Button)?.text == words.getString(id) }
                }
                assertEquals("equally large", first.width to first.height, second.width to second.height)
                assertEquals("equally heavy", first.textSize() to first.typeface(), second.textSize() to second.typeface())
                for (answer in listOf(first, second)) {
                    val place = IntArray(2).also(answer::getLocationInWindow)
                    assertTrue("in sight without scrolling", place[1] >= 0 && place[1] + answer.height <= citizen.screen().height)
                    assertTrue("met by keyboard", answer in met)
                }
            }
            citizen.model.preferences.choose(Locale.ENGLISH)
            citizen.idles()
        }

        private fun View.textSize() = (this as android.widget.Button).textSize

        private fun View.typeface() = (this as android.widget.Button).typeface
    }

    private fun Tour.walks() = citizen.run {
        // With a keyboard: in touch mode buttons take no focus.
        InstrumentationRegistry.getInstrumentation().setInTouchMode(false)
        opens()
        waitsForScreen(Screen.Begin)
        stop("01-begin")
        types(Citizen.PIN, Citizen.PIN)
        taps(words(R.string.begin_make))
        waitsForScreen(Screen.ShowRecoveryKey)
        stop("02-recovery-key")
        taps(words(R.string.recovery_written))
        waitsForScreen(Screen.ConfirmRecoveryKey)
        stop("03-recovery-confirm")
        types(*model.newKey.asked.map { model.newKey.groups[it] }.toTypedArray())
        taps(words(R.string.go_on))
        waitsFor(words(R.string.documents_none))
        stop("04-documents-none")
        taps(words(R.string.add_title))
        waitsForScreen(Screen.Add)
        stop("05-add")
        model.back()
        waitsForScreen(Screen.Documents)
        follows(runBlocking { Pilot.world().issuer(Party.EU, "493027").offer })
        waitsFor(words(R.string.offer_title))
        stop("06-offer")
        answersAreEqual(R.string.offer_stop, R.string.go_on)
        types("493027")
        taps(words(R.string.go_on))
        waitsFor(words(R.string.preview_title))
        stop("07-preview")
        answersAreEqual(R.string.preview_no, R.string.preview_keep)
        taps(words(R.string.preview_keep))
        waits("what was kept") { canTap(words(R.string.done)) }
        stop("08-kept")
        taps(words(R.string.done))
        waits("a document") { model.documents.credentials.value?.entries?.isNotEmpty() == true }
        receives(runBlocking { Pilot.world().issuer(Party.CA).offer })
        waits("more documents") { model.documents.credentials.value?.entries?.size == 4 }
        stop("09-documents")
        model.documents.open(model.documents.credentials.value!!.entries.first().id)
        waits("the document") { model.documents.document.value != null && !model.documents.task.state.value.busy }
        stop("10-document")
        model.back()
        waitsForScreen(Screen.Documents)
        val verifier = runBlocking { Pilot.world().verifier(Party.EU) }
        follows(runBlocking { verifier.ask("portrait") }.uri)
        waits("the question") { canTap(words(R.string.share_yes)) }
        stop("11-share")
        answersAreEqual(R.string.share_no, R.string.share_yes)
        taps(words(R.string.share_yes))
        waitsFor(words(R.string.share_sent))
        stop("12-share-sent")
        taps(words(R.string.done))
        waitsForScreen(Screen.Documents)
        follows(runBlocking { verifier.ask("either") }.uri)
        waits("the question") { canTap(words(R.string.share_yes)) }
        stop("13-share-choices")
        taps(words(R.string.share_no))
        waitsFor(words(R.string.share_declined))
        stop("14-share-declined")
        taps(words(R.string.done))
        waitsForScreen(Screen.Documents)
        taps(words(R.string.history_title))
        waitsFor(words(R.string.outcome_sent))
        stop("15-history")
        model.back()
        waitsForScreen(Screen.Documents)
        taps(words(R.string.settings_title))
        waits("whom it trusts") { model.settings.authorities.value.isNotEmpty() }
        stop("16-settings")
        taps(words(R.string.pin_change))
        waitsForScreen(Screen.ChangePin)
        stop("17-change-pin")
        model.settings.lock()
        waitsForScreen(Screen.Unlock)
        unlocks("000111")
        waits("the refusal") { model.unlock.task.state.value.failure != null }
        stop("18-unlock-wrong")
        taps(words(R.string.unlock_by_recovery_key))
        waitsForScreen(Screen.UnlockByRecoveryKey)
        stop("19-unlock-recovery")
    }

    @Test fun `by day`() {
        Tour("day", colourBlind = true).walks()
        sheet.writeTo(File(folder, "all-screens.png"))
        small.writeTo(File(folder, "screens.jpg"))
        assertTrue("a picture for the documentation is small", File(folder, "screens.jpg").length() < 300_000)
    }

    @Test @Config(qualifiers = "+night") fun `by night`() {
        Tour("night").walks()
        sheet.writeTo(File(folder, "all-screens-night.png"))
    }

    @Test @Config(qualifiers = "w320dp-h640dp", fontScale = 2.0f) fun `a small phone with large letters`() {
        Tour("large").walks()
        sheet.writeTo(File(folder, "all-screens-large.png"))
    }

    private companion object {
        /** What the picture in the documentation shows. */
        val SMALL = setOf(
            "01-begin", "02-recovery-key", "06-offer", "07-preview", "09-documents", "10-document", "11-share", "12-share-sent", "15-history",
        )
    }
}
