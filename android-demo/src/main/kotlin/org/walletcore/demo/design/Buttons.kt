package org.walletcore.demo.design

import android.content.res.ColorStateList
import android.content.res.Configuration
import android.graphics.Typeface
import android.graphics.drawable.GradientDrawable
import android.graphics.drawable.RippleDrawable
import android.util.TypedValue
import android.view.Gravity
import android.view.ViewGroup
import android.widget.Button
import android.widget.LinearLayout
import org.walletcore.demo.R

/** How much a button weighs. The two answers to a question always have the same. */
enum class Weight { STRONG, QUIET }

fun Ui.button(words: CharSequence, weight: Weight = Weight.STRONG, tap: () -> Unit): Button = Button(context).apply {
    text = words
    isAllCaps = false
    setTextSize(TypedValue.COMPLEX_UNIT_SP, Type.STRONG.sp)
    typeface = Typeface.create("sans-serif-medium", Typeface.NORMAL)
    minHeight = dp(Space.TOUCH + Space.SMALL)
    minWidth = dp(Space.TOUCH)
    gravity = Gravity.CENTER
    stateListAnimator = null
    setPadding(dp(Space.MEDIUM), dp(Space.SMALL), dp(Space.MEDIUM), dp(Space.SMALL))
    val (fill, ink) = when (weight) {
        Weight.STRONG -> R.color.brand to R.color.on_brand
        Weight.QUIET -> R.color.plain_surface to R.color.ink
    }
    setTextColor(states(color(ink), color(R.color.ink_soft)))
    background = RippleDrawable(
        ColorStateList.valueOf(color(R.color.ripple)),
        rounded(states(color(fill), color(R.color.line)), Space.LARGE + Space.TINY),
        null,
    )
    setOnClickListener { tap() }
}

fun Column.button(words: CharSequence, weight: Weight = Weight.STRONG, tap: () -> Unit): Button =
    add(ui.button(words, weight, tap))

/** Two buttons of equal weight: beside each other where there is room, else under each other. Of two answers the no is first. */
fun Column.both(first: Button, second: Button): LinearLayout = add(LinearLayout(ui.context)).apply {
    val wide = ui.context.resources.configuration.hasRoom()
    orientation = if (wide) LinearLayout.HORIZONTAL else LinearLayout.VERTICAL
    for ((position, answer) in listOf(first, second).withIndex()) {
        val width = if (wide) 0 else ViewGroup.LayoutParams.MATCH_PARENT
        val height = if (wide) ViewGroup.LayoutParams.MATCH_PARENT else ViewGroup.LayoutParams.WRAP_CONTENT
        val parameters = LinearLayout.LayoutParams(width, height, if (wide) 1f else 0f)
        if (position > 0) if (wide) parameters.marginStart = ui.dp(Space.MEDIUM) else parameters.topMargin = ui.dp(Space.SMALL)
        addView(answer, parameters)
    }
}

internal fun Ui.rounded(fill: ColorStateList, radius: Int, edge: Int? = null) = GradientDrawable().apply {
    color = fill
    cornerRadius = dp(radius).toFloat()
    if (edge != null) setStroke(dp(1), color(edge))
}

private fun states(enabled: Int, disabled: Int) =
    ColorStateList(arrayOf(intArrayOf(-android.R.attr.state_enabled), intArrayOf()), intArrayOf(disabled, enabled))

internal fun Configuration.hasRoom() = screenWidthDp / fontScale >= ROOM_DP

/** The width at font scale 1 from which two buttons stand beside each other. */
private const val ROOM_DP = 340
