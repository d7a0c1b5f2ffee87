package org.walletcore.demo.design

import android.content.res.ColorStateList
import android.util.TypedValue
import android.view.View
import android.view.ViewGroup
import android.widget.HorizontalScrollView
import android.widget.RadioButton
import android.widget.RadioGroup
import org.walletcore.demo.R

/** One of a few: beside each other where there is room, and the row can be pushed; else under each other. */
fun <T> Column.chips(options: List<T>, chosen: T, words: (T) -> CharSequence, choose: (T) -> Unit): View {
    if (!ui.context.resources.configuration.hasRoom()) return oneOf(options, chosen, words, choose)
    val row = RadioGroup(ui.context).apply { orientation = RadioGroup.HORIZONTAL }
    options.forEachIndexed { position, option ->
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
        val size = ViewGroup.LayoutParams.WRAP_CONTENT
        row.addView(chip, RadioGroup.LayoutParams(size, size).apply { if (position > 0) marginStart = ui.dp(Space.SMALL) })
    }
    return add(HorizontalScrollView(ui.context)).apply {
        isHorizontalScrollBarEnabled = false
        addView(row)
    }
}
