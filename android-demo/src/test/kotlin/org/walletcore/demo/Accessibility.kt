package org.walletcore.demo

import android.view.FocusFinder
import android.view.View
import android.view.ViewGroup
import android.widget.EditText
import android.widget.ScrollView
import android.widget.TextView
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue

/** What whoever cannot see a screen, or cannot touch it, has of it. */
class Accessibility(private val root: View) {
    private val shown = all(root).filter { it.isVisible() }
    private val density = root.resources.displayMetrics.density

    fun check(name: String) {
        touchable(name)
        titled(name)
        inside(name)
        inReadingOrder(name)
    }

    /** What can be touched is large enough and says what it is. */
    private fun touchable(name: String) {
        val least = (LEAST_DP * density).toInt()
        for (view in shown.filter { it.isClickable }) {
            val label = label(view)
            assertTrue("$name: “$label” is ${view.width} by ${view.height} px", view.height >= least && view.width >= least)
            assertTrue("$name: $view says nothing", !label.isNullOrBlank())
        }
    }

    private fun titled(name: String) = assertTrue("$name has a title", shown.any { it.isAccessibilityHeading })

    /** Nothing is cut off at a side: text wraps, and nothing is wider than the screen. */
    private fun inside(name: String) {
        for (view in shown) {
            val left = leftOf(view)
            assertTrue("$name: $view is outside at ${left}..${left + view.width}", left >= 0 && left + view.width <= root.width)
        }
        for (text in shown.filterIsInstance<TextView>()) {
            val layout = text.layout ?: continue
            val cut = (0 until layout.lineCount).any { layout.getEllipsisCount(it) > 0 }
            assertTrue("$name: “${text.text}” is cut off", !cut && (text is EditText || layout.height <= text.height))
        }
    }

    /** Whoever goes on by key meets everything that can be tapped or typed into, once, from the top. */
    private fun inReadingOrder(name: String) {
        val met = byKeyboard()
        val tappable = shown.filter { it.isClickable && it.isEnabled }
        for (view in tappable) assertTrue("$name: “${label(view)}” is not met by keyboard", view in met)
        // Everything stands under or beside what comes before it, so the order of the tree is that of reading.
        assertEquals("$name: the order", shown.filter { it in met }.map(::label), met.map(::label))
    }

    /** What the tab key meets, in its order, from the first on. */
    fun byKeyboard(): List<View> {
        val finder = FocusFinder.getInstance()
        val met = ArrayList<View>()
        var view: View? = shown.first { it.isFocusable }
        while (view != null && view !in met) {
            met += view
            view = finder.findNextFocus(root as ViewGroup, view, View.FOCUS_FORWARD)
        }
        return met.filter { it !is ScrollView }
    }

    /** What a screen reader says of a view: its own words, those of its label, or those that are in it. */
    private fun label(view: View): String? = view.contentDescription?.toString()
        ?: (view as? EditText)?.let { field -> shown.firstOrNull { it.labelFor == field.id } as? TextView }?.text?.toString()
        ?: (view as? TextView)?.text?.toString()
        ?: (view as? ViewGroup)?.let { group -> (0 until group.childCount).mapNotNull { label(group.getChildAt(it)) }.joinToString(" ") }

    private fun leftOf(view: View): Int = generateSequence(view) { it.parent as? View }.takeWhile { it !== root }.sumOf { it.left }

    private fun View.isVisible(): Boolean =
        generateSequence(this) { it.parent as? View }.takeWhile { it !== root.parent }.all { it.visibility == View.VISIBLE }

    private fun all(view: View): List<View> =
        if (view is ViewGroup) listOf(view) + (0 until view.childCount).flatMap { all(view.getChildAt(it)) } else listOf(view)

    private companion object {
        const val LEAST_DP = 48
    }
}
