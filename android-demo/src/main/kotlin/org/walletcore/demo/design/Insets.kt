@file:Api28

package org.walletcore.demo.design

import android.view.View
import android.view.WindowInsets
import org.walletcore.demo.Api28

/** Keeps what is in a view clear of the system's bars, of the keyboard, and of a camera in the screen. */
internal fun View.keepsClear() = setOnApplyWindowInsetsListener { view, insets ->
    val camera = insets.displayCutout
    @Suppress("DEPRECATION") // Their successors came with 30; on newer phones these say the same.
    view.setPadding(
        maxOf(insets.systemWindowInsetLeft, camera?.safeInsetLeft ?: 0),
        maxOf(insets.systemWindowInsetTop, camera?.safeInsetTop ?: 0),
        maxOf(insets.systemWindowInsetRight, camera?.safeInsetRight ?: 0),
        maxOf(insets.systemWindowInsetBottom, camera?.safeInsetBottom ?: 0),
    )
    insets
}
