package org.walletcore.demo.design

import android.content.res.ColorStateList
import android.graphics.drawable.RippleDrawable
import android.view.Gravity
import android.view.View
import android.view.ViewGroup
import android.widget.ImageView
import android.widget.LinearLayout
import org.walletcore.demo.R

/** What belongs together. With `tap` the whole card is one button. */
fun Column.card(surface: Int = R.color.surface, tap: (() -> Unit)? = null, fill: Column.() -> Unit): LinearLayout {
    val inside = ui.column(Space.SMALL, fill)
    val shape = ui.rounded(ColorStateList.valueOf(ui.color(surface)), Space.MEDIUM, R.color.line)
    inside.setPadding(ui.dp(Space.MEDIUM), ui.dp(Space.MEDIUM), ui.dp(Space.MEDIUM), ui.dp(Space.MEDIUM))
    inside.background = if (tap == null) shape else RippleDrawable(ColorStateList.valueOf(ui.color(R.color.ripple)), shape, null)
    if (tap != null) {
        inside.minimumHeight = ui.dp(Space.TOUCH)
        inside.isClickable = true
        inside.isFocusable = true
        inside.setOnClickListener { tap() }
    }
    return add(inside)
}

/** Something that has to be seen: a sign, a heading, an explanation. Read as one. */
fun Column.notice(tone: Tone, heading: CharSequence, explanation: CharSequence? = null): LinearLayout {
    val row = LinearLayout(ui.context).apply {
        orientation = LinearLayout.HORIZONTAL
        gravity = Gravity.TOP
        background = ui.rounded(ColorStateList.valueOf(ui.color(tone.surface)), Space.MEDIUM)
        setPadding(ui.dp(Space.MEDIUM), ui.dp(Space.MEDIUM), ui.dp(Space.MEDIUM), ui.dp(Space.MEDIUM))
        isFocusable = true
    }
    row.addView(ui.sign(tone.sign, tone.ink), LinearLayout.LayoutParams(ui.dp(Space.LARGE), ui.dp(Space.LARGE)))
    val words = ui.column(Space.TINY) {
        text(heading, Type.STRONG, tone.ink)
        if (explanation != null) text(explanation, Type.NOTE, tone.ink)
    }
    val beside = LinearLayout.LayoutParams(0, ViewGroup.LayoutParams.WRAP_CONTENT, 1f).apply { marginStart = ui.dp(Space.MEDIUM) }
    row.addView(words, beside)
    return add(row)
}

/** A word on what stands above it, with its sign. */
fun Column.mark(tone: Tone, words: CharSequence): LinearLayout {
    val row = LinearLayout(ui.context).apply {
        orientation = LinearLayout.HORIZONTAL
        gravity = Gravity.CENTER_VERTICAL
    }
    row.addView(ui.sign(tone.sign, tone.ink), LinearLayout.LayoutParams(ui.dp(Space.MEDIUM), ui.dp(Space.MEDIUM)))
    val beside = LinearLayout.LayoutParams(0, ViewGroup.LayoutParams.WRAP_CONTENT, 1f).apply { marginStart = ui.dp(Space.SMALL) }
    row.addView(ui.text(words, Type.NOTE, tone.ink), beside)
    return add(row)
}

/** One line that can be tapped: what it is, and what a tap does. */
fun Column.row(words: CharSequence, hint: CharSequence, tap: () -> Unit): LinearLayout {
    val row = LinearLayout(ui.context).apply {
        orientation = LinearLayout.HORIZONTAL
        gravity = Gravity.CENTER_VERTICAL
        minimumHeight = ui.dp(Space.TOUCH)
        isClickable = true
        isFocusable = true
        background = RippleDrawable(ColorStateList.valueOf(ui.color(R.color.ripple)), null, ui.rounded(ColorStateList.valueOf(-1), Space.SMALL))
        setOnClickListener { tap() }
    }
    row.addView(ui.text(words, Type.STRONG), LinearLayout.LayoutParams(0, ViewGroup.LayoutParams.WRAP_CONTENT, 1f))
    val beside = LinearLayout.LayoutParams(ViewGroup.LayoutParams.WRAP_CONTENT, ViewGroup.LayoutParams.WRAP_CONTENT)
    row.addView(ui.text(hint, Type.NOTE, R.color.brand), beside.apply { marginStart = ui.dp(Space.MEDIUM) })
    return add(row)
}

/** A sign that says nothing the words beside it do not say. */
fun Ui.sign(id: Int, ink: Int): ImageView = ImageView(context).apply {
    setImageResource(id)
    imageTintList = ColorStateList.valueOf(color(ink))
    importantForAccessibility = View.IMPORTANT_FOR_ACCESSIBILITY_NO
}
