@file:Api30

package org.walletcore.android

import android.hardware.biometrics.BiometricManager.Authenticators
import android.hardware.biometrics.BiometricPrompt

/** The screen lock serves as well as a strong biometric. */
internal fun allowScreenLock(builder: BiometricPrompt.Builder) {
    builder.setAllowedAuthenticators(Authenticators.BIOMETRIC_STRONG or Authenticators.DEVICE_CREDENTIAL)
}
