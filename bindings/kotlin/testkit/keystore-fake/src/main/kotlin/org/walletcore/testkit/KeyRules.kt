package org.walletcore.testkit

import android.os.Build
import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyPermanentlyInvalidatedException
import android.security.keystore.StrongBoxUnavailableException
import android.security.keystore.UserNotAuthenticatedException
import java.security.InvalidAlgorithmParameterException
import java.security.InvalidKeyException

/** What a key may be used for, from the specification that it was made with. */
internal class KeyRules(val spec: KeyGenParameterSpec) {
    val alias: String = spec.keystoreAlias
    val authentication = spec.isUserAuthenticationRequired

    /** Seconds for which one answer of the citizen counts; 0 or less where each use asks. */
    val window = spec.userAuthenticationValidityDurationSeconds

    val eachUse = authentication && window <= 0
    val invalidatedByEnrollment = eachUse && spec.isInvalidatedByBiometricEnrollment

    /** As the platform does when a key is made. */
    fun checkMakeable() {
        MainThread.refuse()
        if (authentication && !FakeAndroidKeyStore.hasSecureLockScreen) {
            throw InvalidAlgorithmParameterException(IllegalStateException("no secure lock screen"))
        }
        if (eachUse && !FakeAndroidKeyStore.hasBiometrics) {
            throw InvalidAlgorithmParameterException(IllegalStateException("no biometric enrolled"))
        }
        if (spec.isStrongBoxBacked && !FakeAndroidKeyStore.hasStrongBox) throw StrongBoxUnavailableException("no StrongBox")
    }

    /** As the platform does when an operation begins. */
    fun checkUsable(key: FakeKey, purpose: Int) {
        MainThread.refuse()
        if (spec.purposes and purpose == 0) throw InvalidKeyException("purpose")
        if (key.invalidated || FakeAndroidKeyStore.find(alias) !== key) throw KeyPermanentlyInvalidatedException()
        if (authentication && !eachUse && !FakeAndroidKeyStore.authenticatedWithin(window)) {
            throw UserNotAuthenticatedException()
        }
    }

    /** Where a key that is gone shows itself: when it is loaded before API 31, when it is used from then on. */
    val gapShowsWhenLoaded = Build.VERSION.SDK_INT < 31
}
