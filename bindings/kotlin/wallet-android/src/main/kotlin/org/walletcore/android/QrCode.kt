package org.walletcore.android

import com.google.zxing.Binarizer
import com.google.zxing.BinaryBitmap
import com.google.zxing.DecodeHintType
import com.google.zxing.PlanarYUVLuminanceSource
import com.google.zxing.ReaderException
import com.google.zxing.common.GlobalHistogramBinarizer
import com.google.zxing.common.HybridBinarizer
import com.google.zxing.qrcode.QRCodeReader

/** Finds a QR code in a picture. What it says is as untrustworthy as any link: whoever printed it wrote it. */
object QrCode {
    private val hints = mapOf(DecodeHintType.TRY_HARDER to true)

    /**
     * The text of the code in a picture, turned in any direction, dark on light or light on dark; `null` when there is none.
     *
     * @param luminance the brightness of each pixel, row by row from the top
     * @param rowStride from one row to the next, at least `width`
     */
    fun read(luminance: ByteArray, width: Int, height: Int, rowStride: Int = width): String? {
        if (width <= 0 || height <= 0 || rowStride < width || luminance.size < rowStride.toLong() * (height - 1) + width) return null
        val rows = if (luminance.size >= rowStride * height) luminance else luminance.copyOf(rowStride * height)
        val picture = PlanarYUVLuminanceSource(rows, rowStride, height, 0, 0, width, height, false)
        // The first sees through shadows, the second through haze.
        return sequenceOf<Binarizer>(
            HybridBinarizer(picture), HybridBinarizer(picture.invert()),
            GlobalHistogramBinarizer(picture), GlobalHistogramBinarizer(picture.invert()),
        ).firstNotNullOfOrNull(::read)
    }

    private fun read(picture: Binarizer): String? = try {
        QRCodeReader().decode(BinaryBitmap(picture), hints).text
    } catch (_: ReaderException) {
        null
    } catch (_: RuntimeException) {
        // A picture is hostile input: whatever it does to the decoder, there is no code in it.
        null
    }
}
