package org.walletcore.demo.design

import android.content.res.ColorStateList
import android.util.TypedValue
import android.view.View
import android.widget.RadioButton
import org.walletcore.demo.R

/** One of a few: beside each other where there is room; else under each other. */
fun <T> Column.chips(options: List<T>, chosen: T, words: (T) -> CharSequence, choose: (T) -> Unit): View {
    if (!ui.context.resources.configuration.hasRoom()) return oneOf(options, chosen, words, choose)
    val rows = WrappedGroup(ui.context, ui.dp(Space.SMALL))
    for (option in options) {
        val chip = RadioButton(ui.context).apply {
            id = View.generateViewId()
            text = words(option)
            setTextSize(TypedValue.COMPLEX_UNIT_SP, Type.BODY.sp)
            setTextColor(ui.color(R.color.ink))
            minHeight = ui.dp(Space.TOUCH)
            isChecked = option == chosen
            buttonTintList = ColorStateList.valueOf(ui.color(R.color.brand))
            val fill = if (option == chosen) R.color.plain_surface else R.color.surface
            background = ui.rounded(ColorStateList.valueOf(ui.color(fill)), Space.LARGE, R.color.line)
            setPadding(ui.dp(Space.SMALL), 0, ui.dp(Space.MEDIUM), 0)
            setOnClickListener { choose(option) }
        }
        rows.addView(chip)
    }
    return add(rows)
}
