package org.walletcore.testkit

import android.hardware.biometrics.BiometricPrompt.CryptoObject
import java.util.Collections

/** One use of a key that asks each time: it has to be authorized before it ends. */
internal class FakeOperation {
    @Volatile var authorized = false

    companion object {
        private val ciphers = Collections.synchronizedMap(LinkedHashMap<String, FakeOperation>())

        /** A Cipher shows the outside nothing but its nonce. */
        fun ofNonce(nonce: ByteArray, operation: FakeOperation) {
            ciphers[nonce.joinToString(",")] = operation
        }

        /** The operation that a prompt was given. */
        fun of(crypto: CryptoObject): FakeOperation {
            crypto.cipher?.let { return ciphers.getValue(it.iv.joinToString(",")) }
            @Suppress("DEPRECATION")
            return checkNotNull(crypto.signature).getParameter(FakeSignature.OPERATION) as FakeOperation
        }
    }
}
