@file:Api30

package org.walletcore.android

import android.content.Context
import android.hardware.biometrics.BiometricManager

internal fun hasEnrolledStrongBiometrics(context: Context): Boolean =
    context.getSystemService(BiometricManager::class.java)
        ?.canAuthenticate(BiometricManager.Authenticators.BIOMETRIC_STRONG) == BiometricManager.BIOMETRIC_SUCCESS
