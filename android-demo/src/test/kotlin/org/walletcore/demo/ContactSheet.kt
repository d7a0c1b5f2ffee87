package org.walletcore.demo

import android.graphics.Bitmap
import android.graphics.Canvas
import android.graphics.Color
import android.graphics.Rect
import java.io.File

/** All pictures on one: a row of English ones above a row of the same in French. */
class ContactSheet(private val perRow: Int, private val width: Int) {
    private val pairs = ArrayList<Pair<Bitmap, Bitmap>>()

    fun add(english: Bitmap, french: Bitmap) {
        pairs += english to french
    }

    fun writeTo(file: File) {
        val first = pairs.first().first
        val height = width * first.height / first.width
        val rows = (pairs.size + perRow - 1) / perRow
        val sheet = Bitmap.createBitmap((width + GAP) * perRow + GAP, (2 * (height + GAP) + GAP) * rows + GAP, Bitmap.Config.ARGB_8888)
        val canvas = Canvas(sheet)
        canvas.drawColor(Color.WHITE)
        pairs.forEachIndexed { number, (english, french) ->
            val x = GAP + number % perRow * (width + GAP)
            val y = GAP + number / perRow * (2 * (height + GAP) + GAP)
            draw(canvas, english, Rect(x, y, x + width, y + height))
            draw(canvas, french, Rect(x, y + height + GAP, x + width, y + 2 * height + GAP))
        }
        write(sheet, file)
    }

    /** Halved until it is near: one step over many pixels would lose thin lines. */
    private fun draw(canvas: Canvas, picture: Bitmap, place: Rect) {
        var smaller = picture
        while (smaller.width >= 2 * place.width()) smaller = Bitmap.createScaledBitmap(smaller, smaller.width / 2, smaller.height / 2, true)
        canvas.drawBitmap(smaller, null, place, android.graphics.Paint(android.graphics.Paint.FILTER_BITMAP_FLAG))
    }

    companion object {
        private const val GAP = 12

        fun write(picture: Bitmap, file: File) {
            file.parentFile!!.mkdirs()
            val format = if (file.extension == "jpg") Bitmap.CompressFormat.JPEG else Bitmap.CompressFormat.PNG
            file.outputStream().use { check(picture.compress(format, JPEG_QUALITY, it)) }
        }

        private const val JPEG_QUALITY = 75
    }
}
