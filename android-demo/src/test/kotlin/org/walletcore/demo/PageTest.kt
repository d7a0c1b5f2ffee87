package org.walletcore.demo

import android.graphics.Insets
import android.graphics.Rect
import android.view.DisplayCutout
import android.view.View
import android.view.ViewGroup
import android.view.WindowInsets
import android.widget.TextView
import java.util.Locale
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.walletcore.demo.design.Ui
import org.walletcore.demo.design.button
import org.walletcore.demo.design.mistake
import org.walletcore.demo.design.page
import org.walletcore.demo.design.text

/** What every screen has in common: it keeps clear of the system's bars and of the keyboard, and says what changes. */
@RunWith(RobolectricTestRunner::class)
class PageTest {
    private val app = RuntimeEnvironment.getApplication()
    private val ui = Ui(app.speaking(Locale.FRENCH), Locale.FRENCH)

    private fun all(view: View): List<View> =
        if (view is ViewGroup) listOf(view) + (0 until view.childCount).flatMap { all(view.getChildAt(it)) } else listOf(view)

    private fun announced(page: View, words: CharSequence) = all(page).filterIsInstance<TextView>().firstOrNull {
        it.text.toString() == words.toString() && it.accessibilityLiveRegion == View.ACCESSIBILITY_LIVE_REGION_POLITE
    }

    private fun insets(type: Int, insets: Insets) = WindowInsets.Builder().setInsets(type, insets).build()

    @Test fun `nothing lies under the system's bars, the camera's hole or the keyboard`() {
        val page = ui.page("Titre", foot = { button("Continuer") {} }) { text("Texte") }
        page.dispatchApplyWindowInsets(insets(WindowInsets.Type.systemBars(), Insets.of(10, 20, 30, 40)))
        assertEquals(listOf(10, 20, 30, 40), listOf(page.paddingLeft, page.paddingTop, page.paddingRight, page.paddingBottom))
        val camera = DisplayCutout(Insets.of(90, 0, 0, 0), Rect(0, 200, 90, 300), null, null, null)
        page.dispatchApplyWindowInsets(WindowInsets.Builder().setDisplayCutout(camera).build())
        assertEquals("beside the camera", 90, page.paddingLeft)
        // With `adjustResize` the system counts the keyboard among these.
        @Suppress("DEPRECATION")
        page.dispatchApplyWindowInsets(WindowInsets.Builder().setSystemWindowInsets(Insets.of(0, 0, 0, 600)).build())
        assertEquals("above the keyboard", 600, page.paddingBottom)
    }

    @Test fun `work and mistakes are heard`() {
        val busy = ui.page("Titre", busy = true) {}
        assertNotNull(announced(busy, ui.words(R.string.working)))
        val wrong = ui.page("Titre") { mistake(ui.words(R.string.pin_too_short)) }
        assertNotNull(announced(wrong, ui.words(R.string.pin_too_short)))
        assertTrue("and only then", all(ui.page("Titre") {}).none { it.accessibilityLiveRegion != View.ACCESSIBILITY_LIVE_REGION_NONE })
    }
}
