package org.walletcore.demo

import android.graphics.Color
import android.view.View
import android.widget.EditText
import android.widget.TextView
import kotlin.math.pow
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import org.walletcore.demo.model.Screen
import org.walletcore.testing.Pilot
import org.walletcore.testing.Pilot.Party

/** Screens that can be used without seeing them well, or at all. */
@RunWith(RobolectricTestRunner::class)
class AccessibilityTest {
    /** What can be touched is large enough and says what it is. */
    private fun check(citizen: Citizen) {
        val least = (48 * citizen.activity.resources.displayMetrics.density).toInt()
        for (view in citizen.views().filter { it.isClickable }) {
            val name = label(view)
            assertTrue("“$name” is ${view.width} by ${view.height} px", view.height >= least && view.width >= least)
            assertTrue("$view says nothing", !name.isNullOrBlank() || view is EditText && labelled(citizen, view))
        }
        assertTrue("a screen has a title", citizen.views().any { it.isAccessibilityHeading })
    }

    private fun label(view: View): CharSequence? = view.contentDescription
        ?: (view as? TextView)?.text?.takeIf { view !is EditText }
        ?: (view as? android.view.ViewGroup)?.let { group -> (0 until group.childCount).mapNotNull { label(group.getChildAt(it)) }.joinToString(" ") }

    private fun labelled(citizen: Citizen, field: View) = citizen.views().any { it.labelFor == field.id }

    private fun walk(citizen: Citizen, name: String) {
        citizen.opens()
        citizen.waitsForScreen(Screen.Begin)
        check(citizen)
        citizen.photographs("$name-begin")
        citizen.begun()
        check(citizen)
        citizen.photographs("$name-documents-none")
        citizen.follows(runBlocking { Pilot.world().issuer(Party.EU).offer })
        citizen.waitsFor(citizen.words(R.string.offer_title))
        check(citizen)
        citizen.photographs("$name-offer")
        citizen.taps(citizen.words(R.string.go_on))
        citizen.waitsFor(citizen.words(R.string.preview_title))
        check(citizen)
        citizen.photographs("$name-preview")
        citizen.taps(citizen.words(R.string.preview_keep))
        citizen.waits("what was kept") { citizen.canTap(citizen.words(R.string.done)) }
        citizen.taps(citizen.words(R.string.done))
        citizen.waits("a document") { citizen.model.documents.credentials.value?.entries?.isNotEmpty() == true }
        check(citizen)
        citizen.photographs("$name-documents")
        citizen.follows(runBlocking { Pilot.world().verifier(Party.EU).ask("portrait") }.uri)
        citizen.waitsForScreen(Screen.Share)
        check(citizen)
        for (id in listOf(R.string.share_no, R.string.share_yes)) assertTrue(citizen.canTap(citizen.words(id)))
        citizen.photographs("$name-share")
        citizen.taps(citizen.words(R.string.share_no))
        citizen.waitsFor(citizen.words(R.string.share_declined))
        citizen.taps(citizen.words(R.string.done))
        citizen.waitsForScreen(Screen.Documents)
        citizen.taps(citizen.words(R.string.settings_title))
        citizen.waitsForScreen(Screen.Settings)
        check(citizen)
        citizen.photographs("$name-settings")
    }

    @Test fun `by day, in English`() = walk(Citizen(), "day")

    @Test @Config(qualifiers = "+night") fun `by night, in French`() = walk(Citizen("fr"), "night")

    @Test @Config(qualifiers = "w320dp-h640dp", fontScale = 2.0f) fun `a small phone with large letters`() = walk(Citizen("fr"), "large")

    @Test fun `text and its ground differ enough by day`() = contrasts()

    @Test @Config(qualifiers = "+night") fun `text and its ground differ enough by night`() = contrasts()

    private fun contrasts() {
        val app = Citizen().app
        val pairs = listOf(
            R.color.ink to listOf(R.color.background, R.color.surface, R.color.plain_surface),
            R.color.ink_soft to listOf(R.color.background, R.color.surface, R.color.plain_surface),
            R.color.brand to listOf(R.color.background, R.color.surface),
            R.color.on_brand to listOf(R.color.brand),
            R.color.good_ink to listOf(R.color.good_surface),
            R.color.warning_ink to listOf(R.color.warning_surface),
            R.color.danger_ink to listOf(R.color.danger_surface, R.color.background),
        )
        for ((ink, grounds) in pairs) for (ground in grounds) {
            val ratio = contrast(app.getColor(ink), app.getColor(ground))
            assertTrue("${app.resources.getResourceEntryName(ink)} on ${app.resources.getResourceEntryName(ground)}: $ratio", ratio >= 4.5)
        }
        assertEquals("the measure itself", 21.0, contrast(Color.BLACK, Color.WHITE), 0.01)
    }

    /** WCAG 2.2, 1.4.3. */
    private fun contrast(one: Int, other: Int): Double {
        val (dark, light) = listOf(luminance(one), luminance(other)).sorted()
        return (light + 0.05) / (dark + 0.05)
    }

    private fun luminance(color: Int): Double {
        val (red, green, blue) = listOf(Color.red(color), Color.green(color), Color.blue(color)).map {
            val part = it / 255.0
            if (part <= 0.04045) part / 12.92 else ((part + 0.055) / 1.055).pow(2.4)
        }
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}
