package org.walletcore.demo

import android.graphics.Bitmap
import kotlin.math.pow
import kotlin.math.roundToInt

/**
 * Eyes that see fewer colours. The matrices are those for full dichromacy (severity 1.0) of G. M. Machado, M. M. Oliveira and
 * L. A. F. Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE Transactions on
 * Visualization and Computer Graphics 15(6), 2009; they count for linear light, so the screen's curve is taken off before.
 */
enum class Eyes(private vararg val matrix: Double) {
    PROTANOPIA(0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998),
    DEUTERANOPIA(0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881);

    fun see(picture: Bitmap): Bitmap {
        val pixels = IntArray(picture.width * picture.height)
        picture.getPixels(pixels, 0, picture.width, 0, 0, picture.width, picture.height)
        // Screens have few colours, in long runs.
        val known = HashMap<Int, Int>()
        var last = pixels[0]
        var seen = see(last)
        for (place in pixels.indices) {
            if (pixels[place] != last) {
                last = pixels[place]
                seen = known.getOrPut(last) { see(last) }
            }
            pixels[place] = seen
        }
        return Bitmap.createBitmap(pixels, picture.width, picture.height, Bitmap.Config.ARGB_8888)
    }

    fun see(color: Int): Int {
        val light = listOf(16, 8, 0).map { linear((color shr it and 0xFF) / 255.0) }
        val seen = (0..2).map { row -> (0..2).sumOf { matrix[row * 3 + it] * light[it] } }
        return seen.fold(0xFF) { whole, part -> whole shl 8 or (curved(part.coerceIn(0.0, 1.0)) * 255).roundToInt() }
    }

    private fun linear(part: Double) = if (part <= 0.04045) part / 12.92 else ((part + 0.055) / 1.055).pow(2.4)

    private fun curved(part: Double) = if (part <= 0.0031308) part * 12.92 else 1.055 * part.pow(1 / 2.4) - 0.055
}
