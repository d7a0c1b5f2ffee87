@file:Api28

package org.walletcore.android

import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyInfo
import android.security.keystore.KeyPermanentlyInvalidatedException
import android.security.keystore.KeyProperties
import android.security.keystore.StrongBoxUnavailableException
import java.security.Key
import java.security.KeyFactory
import java.security.KeyPair
import java.security.KeyPairGenerator
import java.security.KeyStore
import java.security.PrivateKey
import java.security.ProviderException
import java.security.UnrecoverableKeyException
import java.security.cert.Certificate
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import javax.crypto.SecretKeyFactory
import org.walletcore.PortException

/** The Android Keystore. Every call may take up to seconds, so never on the main thread. */
@Api28
internal object Keystore {
    private const val NAME = "AndroidKeyStore"

    private val store: KeyStore get() = KeyStore.getInstance(NAME).apply { load(null) }

    fun makePair(spec: KeyGenParameterSpec): KeyPair =
        KeyPairGenerator.getInstance(KeyProperties.KEY_ALGORITHM_EC, NAME).run {
            initialize(spec)
            generateKeyPair()
        }

    fun makeSecret(spec: KeyGenParameterSpec): SecretKey =
        KeyGenerator.getInstance(KeyProperties.KEY_ALGORITHM_AES, NAME).run {
            init(spec)
            generateKey()
        }

    /** [PortException.NoSuchKey] when there is none, or the citizen changed what it was bound to. */
    fun key(alias: String): Key = gone {
        store.getKey(alias, null) ?: throw PortException.NoSuchKey()
    }

    fun attestation(alias: String): List<Certificate> = store.getCertificateChain(alias)?.toList().orEmpty()

    fun delete(alias: String) = store.deleteEntry(alias)

    fun aliases(): List<String> = store.aliases().toList()

    fun info(key: Key): KeyInfo = when (key) {
        is PrivateKey -> KeyFactory.getInstance(key.algorithm, NAME).getKeySpec(key, KeyInfo::class.java)
        else -> SecretKeyFactory.getInstance(key.algorithm, NAME)
            .getKeySpec(key as SecretKey, KeyInfo::class.java) as KeyInfo
    }

    /** Runs what uses a key that may have become void. */
    inline fun <T> gone(use: () -> T): T = try {
        use()
    } catch (_: KeyPermanentlyInvalidatedException) {
        throw PortException.NoSuchKey()
    } catch (_: UnrecoverableKeyException) {
        throw PortException.NoSuchKey()
    }

    /** In StrongBox where there is one, else in the trusted environment. */
    inline fun <T> strongest(make: (strongBox: Boolean) -> T): T = try {
        make(true)
    } catch (_: StrongBoxUnavailableException) {
        make(false)
    }

    /** With the attestation that is wanted, else without: some phones cannot attest, and fail. */
    inline fun <T> attested(challenge: ByteArray?, make: (challenge: ByteArray?) -> T): T = try {
        make(challenge)
    } catch (failure: ProviderException) {
        if (challenge == null || failure is StrongBoxUnavailableException) throw failure
        make(null)
    }
}

/** Whether each use of the key has to be confirmed by the citizen. */
@Suppress("DEPRECATION") // Its successor came with 31, and says the same.
internal fun KeyInfo.asksEachTime() = isUserAuthenticationRequired && userAuthenticationValidityDurationSeconds <= 0
