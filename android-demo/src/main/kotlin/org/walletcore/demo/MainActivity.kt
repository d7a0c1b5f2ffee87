package org.walletcore.demo

import android.app.Activity
import android.content.Intent
import android.os.Bundle
import android.view.MotionEvent
import android.view.WindowManager
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import org.walletcore.demo.model.Underway

/** The app's one window. What it shows is the model's, so a turn of the screen changes nothing. */
class MainActivity : Activity() {
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Main)
    private val model get() = (application as WalletApp).model

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        // No screenshots, no picture in the list of recent apps: nearly every screen shows something personal.
        window.addFlags(WindowManager.LayoutParams.FLAG_SECURE)
        @Suppress("DEPRECATION") // Its successor came with 30.
        window.decorView.systemUiVisibility = window.decorView.systemUiVisibility or
            android.view.View.SYSTEM_UI_FLAG_LAYOUT_STABLE or android.view.View.SYSTEM_UI_FLAG_LAYOUT_FULLSCREEN or
            android.view.View.SYSTEM_UI_FLAG_LAYOUT_HIDE_NAVIGATION
        val host = ScreenHost(this, model, scope)
        setContentView(host)
        host.start()
        model.start(state?.getString(UNDERWAY)?.let(Underway::valueOf))
    }

    /** One word, and nothing of what is shown: views here keep nothing. */
    override fun onSaveInstanceState(state: Bundle) {
        model.underway?.let { state.putString(UNDERWAY, it.name) }
    }

    /** A touch that came through another app's window over this one is not the citizen's. */
    override fun dispatchTouchEvent(event: MotionEvent): Boolean {
        val covered = MotionEvent.FLAG_WINDOW_IS_OBSCURED or FLAG_PARTIALLY_OBSCURED
        return event.flags and covered != 0 || super.dispatchTouchEvent(event)
    }

    @Deprecated("Its successor came with 33.")
    override fun onBackPressed() {
        if (!model.back()) @Suppress("DEPRECATION") super.onBackPressed()
    }

    @Deprecated("Its successor is of AndroidX.")
    override fun onActivityResult(request: Int, result: Int, data: Intent?) {
        if (request == PickedFiles.REQUEST) (application as WalletApp).files.answered(result, data)
    }

    override fun onRequestPermissionsResult(request: Int, permissions: Array<String>, results: IntArray) {
        if (request == AskedCamera.REQUEST) (application as WalletApp).camera.answered()
    }

    override fun onDestroy() {
        scope.cancel()
        super.onDestroy()
    }

    private companion object {
        const val UNDERWAY = "underway"

        /** `MotionEvent.FLAG_WINDOW_IS_PARTIALLY_OBSCURED`, which is public from 29 on; older phones set it, too. */
        const val FLAG_PARTIALLY_OBSCURED = 2
    }
}
