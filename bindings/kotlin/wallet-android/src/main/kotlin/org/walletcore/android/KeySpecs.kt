@file:Api28

package org.walletcore.android

import android.os.Build
import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyProperties
import java.security.spec.ECGenParameterSpec
import org.walletcore.KeyAuthentication
import org.walletcore.SealPolicy

/** A P-256 key that signs with SHA-256. */
internal fun signingKey(
    alias: String,
    authentication: KeyAuthentication,
    challenge: ByteArray?,
    strongBox: Boolean,
): KeyGenParameterSpec =
    KeyGenParameterSpec.Builder(alias, KeyProperties.PURPOSE_SIGN)
        .setAlgorithmParameterSpec(ECGenParameterSpec("secp256r1"))
        .setDigests(KeyProperties.DIGEST_SHA256)
        .setAttestationChallenge(challenge)
        .setIsStrongBoxBacked(strongBox)
        .apply {
            when (authentication) {
                is KeyAuthentication.VaultOnly -> Unit
                is KeyAuthentication.Window -> askWithin(authentication.seconds.toInt())
                is KeyAuthentication.EachUse -> askEachTime()
            }
        }
        .build()

/** An AES-256 key that seals one guard secret. */
internal fun sealingKey(alias: String, policy: SealPolicy, strongBox: Boolean): KeyGenParameterSpec =
    KeyGenParameterSpec.Builder(alias, KeyProperties.PURPOSE_ENCRYPT or KeyProperties.PURPOSE_DECRYPT)
        .setKeySize(SEALING_KEY_BITS)
        .setBlockModes(KeyProperties.BLOCK_MODE_GCM)
        .setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_NONE)
        .setIsStrongBoxBacked(strongBox)
        .apply {
            when (policy) {
                SealPolicy.THIS_DEVICE -> Unit
                SealPolicy.BIOMETRICS -> askEachTime()
            }
        }
        .build()

/** Screen lock or biometrics, good for so many seconds. The key is gone when the screen lock is removed. */
private fun KeyGenParameterSpec.Builder.askWithin(seconds: Int) {
    setUserAuthenticationRequired(true)
    if (Build.VERSION.SDK_INT >= 30) windowOfBiometricsOrScreenLock(this, seconds) else windowBefore30(this, seconds)
}

@Suppress("DEPRECATION")
private fun windowBefore30(builder: KeyGenParameterSpec.Builder, seconds: Int) {
    builder.setUserAuthenticationValidityDurationSeconds(seconds)
}

/** Strong biometrics for each use. The key is gone when other biometrics are enrolled. */
private fun KeyGenParameterSpec.Builder.askEachTime() {
    setUserAuthenticationRequired(true)
    setInvalidatedByBiometricEnrollment(true)
    if (Build.VERSION.SDK_INT >= 30) eachUseByBiometrics(this) else windowBefore30(this, EACH_USE)
}

private const val SEALING_KEY_BITS = 256
private const val EACH_USE = -1
