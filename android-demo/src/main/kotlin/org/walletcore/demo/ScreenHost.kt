package org.walletcore.demo

import android.content.Context
import android.content.res.Configuration
import android.view.Gravity
import android.view.View
import android.view.ViewGroup
import android.widget.FrameLayout
import android.widget.ScrollView
import java.util.Locale
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.launch
import org.walletcore.demo.design.Ui
import org.walletcore.demo.design.isHeading
import org.walletcore.demo.model.Model
import org.walletcore.demo.model.Screen
import org.walletcore.demo.screens.LockWarning
import org.walletcore.demo.screens.picture

/** Shows the screen that is open, in the citizen's language, and draws it anew when something that it shows has changed. */
class ScreenHost(context: Context, private val model: Model, private val scope: CoroutineScope) : FrameLayout(context) {
    private var drawing: Job? = null
    private var drawn: Screen? = null
    private var page: View? = null
    private var warning: LockWarning? = null

    fun start() {
        scope.launch {
            combine(model.navigator.screens, model.preferences.language) { screens, language -> screens.last() to language }
                .collect { (screen, language) -> show(screen, language) }
        }
        scope.launch {
            combine(model.lockWatch.secondsLeft, model.preferences.language, ::Pair).collect { (seconds, language) -> warn(seconds, language) }
        }
    }

    /** Over the screen, which stays as it is: nothing that was typed is lost. */
    private fun warn(seconds: Int?, language: Locale) {
        val ui = Ui(context.speaking(language), language)
        val shown = warning
        if (shown != null && seconds != null && shown.locale == language) return shown.count(seconds)
        if (shown != null) removeView(shown.view)
        warning = seconds?.let { LockWarning(ui, it) { model.lockWatch.stay() } }
        warning?.let { addView(it.view, LayoutParams(LayoutParams.MATCH_PARENT, LayoutParams.WRAP_CONTENT, Gravity.TOP)) }
    }

    private fun show(screen: Screen, language: Locale) {
        val picture = model.picture(screen)
        val ui = Ui(context.speaking(language), language)
        drawing?.cancel()
        var shown = picture.follows.map { it.value }
        draw(picture.draw(ui), screen)
        drawing = scope.launch {
            // Something may have changed before this began to listen.
            combine(picture.follows) { it.toList() }.collect { now ->
                if (now != shown) draw(picture.draw(ui), screen)
                shown = now
            }
        }
    }

    private fun draw(view: View, screen: Screen) {
        val scrolled = if (drawn == screen) scroll()?.scrollY ?: 0 else 0
        val insets = rootWindowInsets
        page?.let(::removeView)
        page = view
        // Below a warning that is shown.
        addView(view, 0, LayoutParams(ViewGroup.LayoutParams.MATCH_PARENT, ViewGroup.LayoutParams.MATCH_PARENT))
        if (insets != null) view.dispatchApplyWindowInsets(insets)
        if (scrolled > 0) scroll()?.let { it.post { it.scrollTo(0, scrolled) } }
        // Words announce themselves when the screen is another one.
        if (drawn != screen) announceForAccessibility(titleOf(view))
        drawn = screen
    }

    private fun scroll(): ScrollView? = (getChildAt(0) as? ViewGroup)?.getChildAt(0) as? ScrollView

    private fun titleOf(view: View): CharSequence {
        val found = ArrayList<View>()
        (view as ViewGroup).addTitles(found)
        return (found.firstOrNull() as? android.widget.TextView)?.text ?: ""
    }

    private fun ViewGroup.addTitles(found: MutableList<View>) {
        for (position in 0 until childCount) {
            val child = getChildAt(position)
            if (child.isHeading) found += child
            if (child is ViewGroup) child.addTitles(found)
        }
    }
}

/** The same context in another language: a change shows without a restart. */
internal fun Context.speaking(language: Locale): Context =
    createConfigurationContext(Configuration(resources.configuration).apply { setLocale(language) })
