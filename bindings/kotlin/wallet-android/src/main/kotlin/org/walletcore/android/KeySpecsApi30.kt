@file:Api30

package org.walletcore.android

import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyProperties

internal fun windowOfBiometricsOrScreenLock(builder: KeyGenParameterSpec.Builder, seconds: Int) {
    val either = KeyProperties.AUTH_BIOMETRIC_STRONG or KeyProperties.AUTH_DEVICE_CREDENTIAL
    builder.setUserAuthenticationParameters(seconds, either)
}

internal fun eachUseByBiometrics(builder: KeyGenParameterSpec.Builder) {
    builder.setUserAuthenticationParameters(0, KeyProperties.AUTH_BIOMETRIC_STRONG)
}
