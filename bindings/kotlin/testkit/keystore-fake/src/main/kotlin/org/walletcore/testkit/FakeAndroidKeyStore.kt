package org.walletcore.testkit

import android.hardware.biometrics.BiometricPrompt.CryptoObject
import java.security.Security
import java.util.Collections
import org.bouncycastle.jce.provider.BouncyCastleProvider

/**
 * What Robolectric lacks: a security provider named "AndroidKeyStore", so that production code runs unchanged.
 *
 * It holds P-256 keys that sign and AES-256 keys for GCM. They have no encoding, and obey user authentication, StrongBox,
 * purposes, digests, block modes and invalidation. How it differs from a phone:
 *
 * - keys lie in this process; nothing is in hardware, and nothing survives it
 * - StrongBox and the trusted environment are words: [hasStrongBox] decides what is obtained and reported
 * - who authenticates is the test: [userAuthenticates] for the time window, [userAuthenticates] with a CryptoObject for
 *   one use; no biometric check and no screen lock stand behind it
 * - time windows are counted from the test's call, on the machine's monotonic clock
 * - an attestation is one self-signed certificate with the challenge in it; it proves nothing
 * - there is no limit to the number of keys or operations, no slow StrongBox, no failing Keystore daemon
 * - the main thread is refused, where a phone is only slow
 * - no key agreement, no RSA, no HMAC, no import, no attestation keys, no keys bound to being unlocked
 */
object FakeAndroidKeyStore {
    /** Whether there is StrongBox. Without, a request for it fails, as on most phones. */
    @Volatile var hasStrongBox = false

    /** Whether a PIN, pattern or password locks the screen. Without, no key with user authentication can be made. */
    @Volatile var hasSecureLockScreen = true

    /** Whether a biometric is enrolled. Without, no key that asks for each use can be made. */
    @Volatile var hasBiometrics = true

    /** Whether keys are in secure hardware at all; otherwise they are called software. */
    @Volatile var hasSecureHardware = true

    @Volatile private var authenticatedAt: Long? = null
    private val keys = Collections.synchronizedMap(LinkedHashMap<String, FakeKey>())

    /** Call before each test: providers belong to the JVM, the keys' classes to Robolectric's sandbox. */
    fun install() {
        Security.removeProvider(NAME)
        // Before Bouncy Castle, as on a phone, where it would be asked first for a cipher and stumble over an opaque key.
        val bouncyCastle = Security.getProviders().indexOfFirst { it.name == real.name }
        if (bouncyCastle < 0) Security.addProvider(FakeProvider()) else Security.insertProviderAt(FakeProvider(), bouncyCastle + 1)
        keys.clear()
        hasStrongBox = false
        hasSecureLockScreen = true
        hasBiometrics = true
        hasSecureHardware = true
        authenticatedAt = null
    }

    /** The citizen was asked just now, and said yes: opens the window of keys that have one. */
    fun userAuthenticates() {
        authenticatedAt = System.nanoTime()
    }

    /** The citizen was asked for the operation in `crypto`, and said yes. A strong biometric also opens the windows. */
    fun userAuthenticates(crypto: CryptoObject) {
        FakeOperation.of(crypto).authorized = true
        userAuthenticates()
    }

    /** The windows of all keys are over. */
    fun timePasses() {
        authenticatedAt = null
    }

    /** A fingerprint was enrolled: keys that ask for a biometric each time are gone, those with a window are not. */
    fun biometricsChange() = keys.values.forEach { if (it.rules.invalidatedByEnrollment) it.invalidated = true }

    /** The screen lock was removed: every key that needs the citizen is gone. */
    fun lockScreenIsRemoved() {
        hasSecureLockScreen = false
        hasBiometrics = false
        keys.values.forEach { if (it.rules.authentication) it.invalidated = true }
    }

    internal const val NAME = "AndroidKeyStore"

    /** An instance: with Robolectric's providers in front, those of the JVM find no curve by name. */
    internal val real = BouncyCastleProvider()

    internal fun find(alias: String) = keys[alias]

    internal fun put(key: FakeKey) {
        keys[key.rules.alias] = key
    }

    internal fun remove(alias: String) {
        keys.remove(alias)
    }

    internal fun aliases() = synchronized(keys) { keys.keys.toList() }

    internal fun authenticatedWithin(seconds: Int): Boolean {
        val at = authenticatedAt ?: return false
        return System.nanoTime() - at <= seconds * 1_000_000_000L
    }
}
