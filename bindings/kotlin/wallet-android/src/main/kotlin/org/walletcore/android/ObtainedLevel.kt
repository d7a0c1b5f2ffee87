package org.walletcore.android

import android.os.Build
import android.security.keystore.KeyInfo
import org.walletcore.KeyLevel

/**
 * How well a key is protected, as far as the platform can say.
 *
 * Before Android 12 (31) it says no more than that a key lies in secure hardware. Which one is unknown, and is said to be,
 * also when StrongBox was asked for and did not refuse.
 */
internal fun obtainedLevel(info: KeyInfo): KeyLevel =
    if (Build.VERSION.SDK_INT >= 31) reportedLevel(info) else levelBefore31(info)

@Suppress("DEPRECATION")
private fun levelBefore31(info: KeyInfo): KeyLevel =
    if (info.isInsideSecureHardware) KeyLevel.UNKNOWN_HARDWARE else KeyLevel.SOFTWARE
