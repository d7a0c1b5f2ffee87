package org.walletcore.android

import java.math.BigInteger
import java.security.interfaces.ECPublicKey

/** `04 ‖ x ‖ y`, 65 bytes. */
internal fun ECPublicKey.uncompressed(): ByteArray = byteArrayOf(4) + w.affineX.in32Bytes() + w.affineY.in32Bytes()

private fun BigInteger.in32Bytes(): ByteArray {
    val bytes = toByteArray()
    return ByteArray(COORDINATE_BYTES).also { out ->
        val length = minOf(bytes.size, COORDINATE_BYTES)
        bytes.copyInto(out, COORDINATE_BYTES - length, bytes.size - length)
    }
}

private const val COORDINATE_BYTES = 32
