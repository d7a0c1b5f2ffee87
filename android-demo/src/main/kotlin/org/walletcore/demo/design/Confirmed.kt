package org.walletcore.demo.design

import android.view.View
import android.widget.Button
import android.widget.LinearLayout

/** Something that cannot be undone: asked for, explained, and done with a second tap only; no weighs as much as yes. */
fun Column.confirmed(ask: CharSequence, warning: CharSequence, no: CharSequence, yes: CharSequence, act: () -> Unit) {
    lateinit var first: Button
    lateinit var second: LinearLayout
    fun show(asked: Boolean) {
        first.visibility = if (asked) View.GONE else View.VISIBLE
        second.visibility = if (asked) View.VISIBLE else View.GONE
    }
    first = button(ask, Weight.QUIET) { show(asked = true) }
    second = add(
        ui.column(Space.SMALL) {
            notice(Tone.WARNING, warning).accessibilityLiveRegion = View.ACCESSIBILITY_LIVE_REGION_POLITE
            both(ui.button(no) { show(asked = false) }, ui.button(yes) { act() })
        },
    )
    show(asked = false)
}
