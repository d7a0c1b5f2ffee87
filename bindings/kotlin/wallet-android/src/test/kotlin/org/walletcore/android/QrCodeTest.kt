package org.walletcore.android

import com.google.zxing.BarcodeFormat
import com.google.zxing.EncodeHintType
import com.google.zxing.common.BitMatrix
import com.google.zxing.qrcode.QRCodeWriter
import java.util.Random
import kotlin.math.cos
import kotlin.math.roundToInt
import kotlin.math.sin
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Test

/** Codes as a camera might see them. */
class QrCodeTest {
    private val link = "openid4vp://?client_id=x509_san_dns%3Averifier.example&request_uri=https%3A%2F%2Fverifier.example%2Fr%2F7"

    /** A picture of SIZE by SIZE with a code in the middle. */
    private fun picture(dark: Int = 0, light: Int = 255, turned: Double = 0.0, text: String = link): ByteArray {
        val code: BitMatrix = QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, CODE, CODE, mapOf(EncodeHintType.MARGIN to 4))
        val (sine, cosine) = sin(turned) to cos(turned)
        return ByteArray(SIZE * SIZE) { at ->
            val (x, y) = (at % SIZE - SIZE / 2) to (at / SIZE - SIZE / 2)
            val column = (x * cosine + y * sine).roundToInt() + CODE / 2
            val row = (y * cosine - x * sine).roundToInt() + CODE / 2
            val inked = column in 0 until CODE && row in 0 until CODE && code[column, row]
            (if (inked) dark else light).toByte()
        }
    }

    private fun read(picture: ByteArray) = QrCode.read(picture, SIZE, SIZE)

    @Test fun `a code is read`() = assertEquals(link, read(picture()))

    @Test fun `turned by any angle`() = (0 until 360 step 15).forEach { assertEquals(link, read(picture(turned = Math.toRadians(it.toDouble())))) }

    @Test fun `light on dark`() = assertEquals(link, read(picture(dark = 255, light = 0)))

    @Test fun `with little contrast`() = assertEquals(link, read(picture(dark = 110, light = 150)))

    @Test fun `with noise over it`() {
        val random = Random(7)
        val noisy = picture(40, 210).map { (it.toInt() and 255).plus(random.nextInt(61) - 30).coerceIn(0, 255).toByte() }.toByteArray()
        assertEquals(link, read(noisy))
    }

    @Test fun `in rows that are longer than the picture`() {
        val (stride, plain) = SIZE + 32 to picture()
        // As cameras give it: the last row ends where the picture does.
        val padded = ByteArray(stride * (SIZE - 1) + SIZE)
        for (row in 0 until SIZE) plain.copyInto(padded, row * stride, row * SIZE, (row + 1) * SIZE)
        assertEquals(link, QrCode.read(padded, SIZE, SIZE, stride))
    }

    @Test fun `what is no code is none`() {
        val random = Random(7)
        assertNull(read(ByteArray(SIZE * SIZE)))
        repeat(20) { assertNull(read(ByteArray(SIZE * SIZE).also(random::nextBytes))) }
        // A code that was torn in two.
        assertNull(read(picture().also { it.fill(-1, 0, it.size / 2) }))
    }

    @Test fun `sizes that do not fit are refused`() {
        assertNull(QrCode.read(ByteArray(10), SIZE, SIZE))
        assertNull(QrCode.read(ByteArray(10), 0, 0))
        assertNull(QrCode.read(ByteArray(100), 10, 10, rowStride = 5))
        assertNull(QrCode.read(ByteArray(100), Int.MAX_VALUE, Int.MAX_VALUE))
    }

    private companion object {
        const val SIZE = 600
        const val CODE = 360
    }
}
