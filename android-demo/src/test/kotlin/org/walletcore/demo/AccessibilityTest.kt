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
