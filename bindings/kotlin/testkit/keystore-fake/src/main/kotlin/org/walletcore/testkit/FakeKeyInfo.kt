package org.walletcore.testkit

import android.os.Build
import android.security.keystore.KeyInfo
import android.security.keystore.KeyProperties

/** What the Keystore says of a key. Its constructor is hidden and grows with the API level; Robolectric adds a short one. */
internal object FakeKeyInfo {
    fun of(rules: KeyRules): KeyInfo {
        val constructor = KeyInfo::class.java.constructors.maxByOrNull { it.parameterCount }!!
        val known = start(rules) + if (Build.VERSION.SDK_INT >= 31) since31(rules) else before31(rules)
        // What later levels know more of comes before the last two, and is false for all keys here.
        val unknown = List(constructor.parameterCount - known.size) { false }
        val arguments = known.dropLast(2) + unknown + known.takeLast(2)
        return constructor.newInstance(*arguments.toTypedArray()) as KeyInfo
    }

    private fun before31(rules: KeyRules): List<Any?> =
        listOf(rules.window, rules.authentication, false, false, rules.spec.isInvalidatedByBiometricEnrollment, false)

    private fun since31(rules: KeyRules): List<Any?> {
        val level = when {
            !FakeAndroidKeyStore.hasSecureHardware -> KeyProperties.SECURITY_LEVEL_SOFTWARE
            rules.spec.isStrongBoxBacked -> KeyProperties.SECURITY_LEVEL_STRONGBOX
            else -> KeyProperties.SECURITY_LEVEL_TRUSTED_ENVIRONMENT
        }
        return listOf(
            rules.window, rules.spec.userAuthenticationType, rules.authentication, false, false,
            rules.spec.isInvalidatedByBiometricEnrollment, false, level, REMAINING_USES_UNLIMITED,
        )
    }

    private fun start(rules: KeyRules): List<Any?> = listOf(
        rules.alias, FakeAndroidKeyStore.hasSecureHardware, KeyProperties.ORIGIN_GENERATED, KEY_BITS, null, null, null,
        rules.spec.purposes, emptyArray<String>(), emptyArray<String>(),
        if (rules.spec.isDigestsSpecified) rules.spec.digests else emptyArray(), rules.spec.blockModes,
        rules.authentication,
    )

    private const val KEY_BITS = 256
    private const val REMAINING_USES_UNLIMITED = -1
}
