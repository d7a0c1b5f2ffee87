package org.walletcore.android

import javax.crypto.spec.GCMParameterSpec

/** A sealed secret: the nonce that the Keystore chose, then what AES-GCM made. */
internal class SealedBlob(private val nonce: ByteArray, val ciphertext: ByteArray) {
    val parameters get() = GCMParameterSpec(TAG_BITS, nonce)

    fun toBytes(): ByteArray = nonce + ciphertext

    companion object {
        const val TRANSFORMATION = "AES/GCM/NoPadding"
        private const val NONCE_BYTES = 12
        private const val TAG_BITS = 128

        /** `null` when it is too short to be one. */
        fun of(bytes: ByteArray): SealedBlob? =
            if (bytes.size < NONCE_BYTES + TAG_BITS / Byte.SIZE_BITS) null
            else SealedBlob(bytes.copyOf(NONCE_BYTES), bytes.copyOfRange(NONCE_BYTES, bytes.size))
    }
}
