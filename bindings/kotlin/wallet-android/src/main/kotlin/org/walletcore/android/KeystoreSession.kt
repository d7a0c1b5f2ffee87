package org.walletcore.android

import android.hardware.biometrics.BiometricPrompt.CryptoObject
import android.security.keystore.UserNotAuthenticatedException
import java.security.PrivateKey
import java.security.Signature
import javax.crypto.AEADBadTagException
import javax.crypto.Cipher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext
import org.walletcore.KeySession
import org.walletcore.PortException
import org.walletcore.Purpose

/**
 * Uses keys for one action, under one prompt: when a key first wants the citizen, or when a sealed secret does. A strong
 * biometric opens the window of the other keys as well. Only keys made for each use ask each time.
 */
@Api28
internal class KeystoreSession(purpose: Purpose, private val prompt: UserPrompt) : KeySession {
    private val question = Question(purpose.text, purpose.party)
    private val asking = Mutex()
    private var asked = false

    @Volatile private var ended = false

    override suspend fun sign(alias: String, message: ByteArray): ByteArray = working {
        val key = Keystore.key(alias) as? PrivateKey ?: throw PortException.NoSuchKey()
        if (Keystore.info(key).asksEachTime()) {
            val signature = begun(key)
            prompt.ask(question, CryptoObject(signature))
            signature.of(message)
        } else {
            withinWindow { begun(key).of(message) }
        }
    }

    override suspend fun agree(alias: String, publicKey: ByteArray): ByteArray = throw PortException.LevelNotAvailable()

    override suspend fun unseal(alias: String, sealed: ByteArray): ByteArray = working {
        val key = Keystore.key(alias)
        val blob = SealedBlob.of(sealed) ?: throw PortException.NoSuchKey()
        val cipher = Keystore.gone {
            Cipher.getInstance(SealedBlob.TRANSFORMATION).apply { init(Cipher.DECRYPT_MODE, key, blob.parameters) }
        }
        if (Keystore.info(key).asksEachTime()) {
            asking.withLock {
                prompt.ask(question, CryptoObject(cipher))
                asked = true
            }
        }
        try {
            cipher.doFinal(blob.ciphertext)
        } catch (_: AEADBadTagException) {
            throw PortException.NoSuchKey()
        }
    }

    override suspend fun end() {
        ended = true
    }

    private suspend fun <T> working(work: suspend () -> T): T = withContext(Dispatchers.IO) {
        if (ended) throw PortException.Cancelled()
        work()
    }

    /** Tries first: the citizen may have been asked a moment ago. However many sign at once, one of them asks. */
    private suspend fun <T> withinWindow(use: () -> T): T {
        try {
            return Keystore.gone(use)
        } catch (_: UserNotAuthenticatedException) {
            askOnce()
        }
        return try {
            Keystore.gone(use)
        } catch (_: UserNotAuthenticatedException) {
            throw PortException.Cancelled()
        }
    }

    private suspend fun askOnce() = asking.withLock {
        if (!asked) {
            prompt.ask(question, null)
            asked = true
        }
    }

    private fun begun(key: PrivateKey): Signature =
        Keystore.gone { Signature.getInstance("SHA256withECDSA").apply { initSign(key) } }

    private fun Signature.of(message: ByteArray): ByteArray {
        update(message)
        return sign()
    }
}
