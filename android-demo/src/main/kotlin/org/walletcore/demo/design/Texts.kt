package org.walletcore.demo.design

import android.graphics.Typeface
import android.util.TypedValue
import android.widget.TextView
import org.walletcore.demo.R

fun Ui.text(words: CharSequence, type: Type = Type.BODY, color: Int = R.color.ink): TextView = TextView(context).apply {
    text = words
    setTextSize(TypedValue.COMPLEX_UNIT_SP, type.sp)
    typeface = Typeface.create(if (type.bold) "sans-serif-medium" else "sans-serif", Typeface.NORMAL)
    setTextColor(color(color))
    setLineSpacing(0f, LINE)
}

fun Column.text(words: CharSequence, type: Type = Type.BODY, color: Int = R.color.ink): TextView =
    add(ui.text(words, type, color))

fun Column.note(words: CharSequence): TextView = text(words, Type.NOTE, R.color.ink_soft)

/** A title of a part of the screen; screen readers jump from one to the next. */
fun Column.heading(words: CharSequence): TextView = text(words, Type.HEADING).apply { isHeading = true }

/** What changes while the screen is open and must be heard. */
fun Column.announced(words: CharSequence, color: Int = R.color.ink): TextView = text(words, Type.STRONG, color).apply {
    accessibilityLiveRegion = android.view.View.ACCESSIBILITY_LIVE_REGION_POLITE
}

private const val LINE = 1.2f
