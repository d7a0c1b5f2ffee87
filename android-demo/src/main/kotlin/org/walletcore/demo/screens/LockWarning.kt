package org.walletcore.demo.screens

import android.view.View
import java.util.Locale
import org.walletcore.demo.R
import org.walletcore.demo.design.Space
import org.walletcore.demo.design.Type
import org.walletcore.demo.design.Ui
import org.walletcore.demo.design.button
import org.walletcore.demo.design.saidWhenShown
import org.walletcore.demo.design.text

/** Says that the wallet is about to lock itself. It is announced once; then only the number counts down. */
internal class LockWarning(private val ui: Ui, seconds: Int, stay: () -> Unit) {
    val locale: Locale get() = ui.locale

    private val words = ui.text(sentence(seconds), Type.STRONG, R.color.warning_ink)

    val view: View = ui.column(Space.SMALL) {
        add(words)
        button(ui.words(R.string.lock_stay)) { stay() }
    }.apply {
        setBackgroundColor(ui.color(R.color.warning_surface))
        setPadding(ui.dp(Space.LARGE), ui.dp(Space.LARGE), ui.dp(Space.LARGE), ui.dp(Space.MEDIUM))
        elevation = ui.dp(Space.SMALL).toFloat()
        isClickable = true
        saidWhenShown = sentence(seconds)
        @Suppress("DEPRECATION") // Its successor came with 30.
        setOnApplyWindowInsetsListener { view, insets ->
            view.setPadding(view.paddingLeft, ui.dp(Space.LARGE) + insets.systemWindowInsetTop, view.paddingRight, view.paddingBottom)
            insets
        }
    }

    fun count(seconds: Int) {
        words.text = sentence(seconds)
    }

    private fun sentence(seconds: Int) = ui.counted(R.plurals.lock_soon, seconds)
}
