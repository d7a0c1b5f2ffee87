package org.walletcore.demo

import android.graphics.Rect
import android.widget.Button
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import org.walletcore.demo.model.Screen

/** Screens that are opened rarely, on a small phone with large letters, in French. */
@RunWith(RobolectricTestRunner::class)
class SmallPhoneTest {
    @Test @Config(qualifiers = "w320dp-h640dp", fontScale = 2.0f) fun `what can be done is on the screen and not cut off`() {
        val citizen = Citizen("fr")
        citizen.begins()
        val screens = mapOf(
            "history" to Screen.History, "biometrics" to Screen.Biometrics, "recovery-replace" to Screen.ReplaceRecoveryKey,
            "recovery-typed" to Screen.UnlockByRecoveryKey, "recovery-new-pin" to Screen.NewPin, "erase" to Screen.Erase,
            "checkup" to Screen.Checkup, "backup" to Screen.BackUp, "move-out" to Screen.MoveOut, "move-in" to Screen.MoveIn,
            "restore" to Screen.Restore, "reissue" to Screen.Reissue, "about" to Screen.About, "scan" to Screen.Scan,
        )
        for ((name, screen) in screens) {
            citizen.model.navigator.start(Screen.Documents, screen)
            citizen.waitsForScreen(screen)
            citizen.photographs("large-$name")
            val window = Rect().also(citizen.activity.window.decorView::getGlobalVisibleRect)
            // What scrolls may be out of sight; what is cut off beside the screen never comes into it.
            for (button in citizen.views().filterIsInstance<Button>().filter { it.text.isNotEmpty() && it !is android.widget.RadioButton }) {
                val place = IntArray(2).also(button::getLocationInWindow)
                assertTrue("$name: “${button.text}” is cut off", place[0] >= 0 && place[0] + button.width <= window.right)
                assertTrue("$name: “${button.text}” has no room for its words", button.layout.height <= button.height)
            }
        }
    }
}
