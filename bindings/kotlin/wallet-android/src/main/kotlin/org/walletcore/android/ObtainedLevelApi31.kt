@file:Api31

package org.walletcore.android

import android.security.keystore.KeyInfo
import android.security.keystore.KeyProperties
import org.walletcore.KeyLevel

internal fun reportedLevel(info: KeyInfo): KeyLevel = when (info.securityLevel) {
    KeyProperties.SECURITY_LEVEL_STRONGBOX -> KeyLevel.SECURE_ELEMENT
    KeyProperties.SECURITY_LEVEL_TRUSTED_ENVIRONMENT -> KeyLevel.TRUSTED_ENVIRONMENT
    KeyProperties.SECURITY_LEVEL_UNKNOWN_SECURE -> KeyLevel.UNKNOWN_HARDWARE
    else -> KeyLevel.SOFTWARE
}
