package org.walletcore.demo.design

import android.content.Context
import android.view.View
import android.widget.RadioGroup

/** Radio buttons beside each other, in as many rows as they need. */
internal class WrappedGroup(context: Context, private val gap: Int) : RadioGroup(context) {
    override fun onMeasure(widthSpec: Int, heightSpec: Int) {
        val width = View.MeasureSpec.getSize(widthSpec)
        val most = View.MeasureSpec.makeMeasureSpec(width, View.MeasureSpec.AT_MOST)
        val free = View.MeasureSpec.makeMeasureSpec(0, View.MeasureSpec.UNSPECIFIED)
        for (i in 0 until childCount) getChildAt(i).measure(most, free)
        setMeasuredDimension(width, place(width) { _, _, _ -> })
    }

    override fun onLayout(changed: Boolean, left: Int, top: Int, right: Int, bottom: Int) {
        place(right - left) { child, x, y ->
            val start = if (layoutDirection == View.LAYOUT_DIRECTION_RTL) right - left - x - child.measuredWidth else x
            child.layout(start, y, start + child.measuredWidth, y + child.measuredHeight)
        }
    }

    /** Where each goes, from the side where reading begins; gives the height of all rows. */
    private fun place(width: Int, put: (View, x: Int, y: Int) -> Unit): Int {
        var (x, y, bottom) = Triple(0, 0, 0)
        for (i in 0 until childCount) {
            val child = getChildAt(i)
            if (x > 0 && x + child.measuredWidth > width) {
                x = 0
                y = bottom + gap
            }
            put(child, x, y)
            x += child.measuredWidth + gap
            bottom = maxOf(bottom, y + child.measuredHeight)
        }
        return bottom
    }
}
