package org.walletcore.demo.design

import android.view.View
import android.view.ViewGroup
import android.widget.ImageButton
import android.widget.LinearLayout
import android.widget.ProgressBar
import android.widget.ScrollView
import org.walletcore.demo.R

/**
 * A screen: title, what it says, and below, always in sight, what can be done.
 *
 * @param back what the arrow beside the title does, where there is one
 * @param busy whether something is under way
 * @param foot what stays at the bottom of the screen, whatever is scrolled
 */
fun Ui.page(
    title: CharSequence,
    back: (() -> Unit)? = null,
    busy: Boolean = false,
    foot: (Column.() -> Unit)? = null,
    fill: Column.() -> Unit,
): View {
    val whole = LinearLayout(context).apply {
        orientation = LinearLayout.VERTICAL
        setBackgroundColor(color(R.color.background))
        // The app's language decides, not the phone's.
        layoutDirection = context.resources.configuration.layoutDirection
    }
    val content = column {
        if (back != null) {
            (add(backButton(back)).layoutParams as LinearLayout.LayoutParams).apply {
                width = dp(Space.TOUCH)
                // The arrow stands in the middle of what can be touched; the arrow is what lines up with the title.
                marginStart = -dp(Space.TOUCH - Space.LARGE) / 2
            }
        }
        text(title, Type.TITLE).apply { isHeading = true }
        if (busy) progress()
        fill()
    }
    content.setPadding(dp(Space.LARGE), dp(Space.LARGE), dp(Space.LARGE), dp(Space.HUGE))
    val scroll = ScrollView(context).apply {
        isFillViewport = true
        addView(content)
    }
    whole.addView(scroll, LinearLayout.LayoutParams(ViewGroup.LayoutParams.MATCH_PARENT, 0, 1f))
    if (foot != null) {
        val feet = column(Space.SMALL, foot)
        feet.setPadding(dp(Space.LARGE), dp(Space.MEDIUM), dp(Space.LARGE), dp(Space.MEDIUM))
        feet.setBackgroundColor(color(R.color.surface))
        whole.addView(feet)
    }
    whole.keepsClear()
    whole.goesOnInReadingOrder()
    // Something came into sight, or left it.
    whole.viewTreeObserver.addOnGlobalLayoutListener { whole.goesOnInReadingOrder() }
    return whole
}

/**
 * By keyboard, too, the foot comes last. By itself the platform goes by the place on the screen, and so from what is just in sight
 * to the foot, and only then to what has to be scrolled to.
 */
private fun View.goesOnInReadingOrder() {
    val stops = inSight().filter { it.isFocusable }
    for (stop in stops) if (stop.id == View.NO_ID) stop.id = View.generateViewId()
    for ((stop, next) in stops.zipWithNext()) stop.nextFocusForwardId = next.id
    stops.lastOrNull()?.nextFocusForwardId = View.NO_ID
}

private fun View.inSight(): List<View> = when {
    visibility != View.VISIBLE -> emptyList()
    this is ViewGroup -> listOf(this) + (0 until childCount).flatMap { getChildAt(it).inSight() }
    else -> listOf(this)
}

private fun Ui.backButton(back: () -> Unit) = ImageButton(context).apply {
    setImageResource(R.drawable.sign_back)
    imageTintList = android.content.res.ColorStateList.valueOf(color(R.color.ink))
    contentDescription = words(R.string.back)
    background = null
    minimumHeight = dp(Space.TOUCH)
    minimumWidth = dp(Space.TOUCH)
    setPadding(0, 0, 0, 0)
    setOnClickListener { back() }
}

private fun Column.progress() {
    add(
        ProgressBar(ui.context).apply {
            contentDescription = ui.words(R.string.working)
            isIndeterminate = true
            indeterminateTintList = android.content.res.ColorStateList.valueOf(ui.color(R.color.brand))
        },
    )
    announced(ui.words(R.string.working))
}
