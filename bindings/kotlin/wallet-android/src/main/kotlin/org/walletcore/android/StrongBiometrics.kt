@file:Api28
@file:JvmName("StrongBiometrics")

package org.walletcore.android

import android.app.KeyguardManager
import android.content.Context
import android.content.pm.PackageManager
import android.os.Build

/**
 * Whether a strong biometric is likely to be enrolled, so that an app can offer it. Before Android 11 (30) the system tells
 * less: then it is whether there is a fingerprint sensor and a screen lock, and making the key says the rest.
 */
fun hasStrongBiometrics(context: Context): Boolean = when {
    Build.VERSION.SDK_INT >= 30 -> hasEnrolledStrongBiometrics(context)
    else -> context.packageManager.hasSystemFeature(PackageManager.FEATURE_FINGERPRINT) &&
        context.getSystemService(KeyguardManager::class.java)?.isDeviceSecure == true
}
