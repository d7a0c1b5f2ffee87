package org.walletcore.demo

import android.graphics.Canvas
import android.graphics.Color
import android.graphics.Typeface
import android.text.StaticLayout
import android.text.TextPaint
import org.walletcore.demo.model.Sheet

/** A [Sheet] on paper: in points, black on white, the lines in letters of one width. */
class SheetPicture(private val sheet: Sheet) {
    fun draw(canvas: Canvas) {
        canvas.translate(MARGIN, MARGIN)
        val width = (canvas.width - 2 * MARGIN).toInt()
        for ((text, paint) in parts()) {
            val layout = StaticLayout.Builder.obtain(text, 0, text.length, paint, width).build()
            layout.draw(canvas)
            canvas.translate(0f, layout.height + GAP)
        }
    }

    private fun parts() = listOf(
        sheet.title to paint(TITLE, Typeface.DEFAULT_BOLD),
        sheet.about to paint(BODY, Typeface.DEFAULT),
    ) + sheet.lines.map { it to paint(LINE, Typeface.MONOSPACE) }

    private fun paint(size: Float, face: Typeface) = TextPaint(TextPaint.ANTI_ALIAS_FLAG).apply {
        textSize = size
        typeface = face
        color = Color.BLACK
    }

    private companion object {
        const val MARGIN = 54f
        const val GAP = 12f
        const val TITLE = 22f
        const val BODY = 12f
        const val LINE = 18f
    }
}
