package org.walletcore.testkit

import android.security.keystore.KeyInfo
import java.security.Key
import java.security.KeyFactorySpi
import java.security.spec.InvalidKeySpecException
import java.security.spec.KeySpec
import javax.crypto.SecretKey
import javax.crypto.SecretKeyFactorySpi

/** Tells what a private key obtained. */
internal class FakeKeyFactory : KeyFactorySpi() {
    @Suppress("UNCHECKED_CAST")
    override fun <T : KeySpec> engineGetKeySpec(key: Key, type: Class<T>): T {
        if (key !is FakeKey || type != KeyInfo::class.java) throw InvalidKeySpecException("KeyInfo only")
        return FakeKeyInfo.of(key.rules) as T
    }

    override fun engineGeneratePublic(spec: KeySpec?) = throw UnsupportedOperationException()
    override fun engineGeneratePrivate(spec: KeySpec?) = throw UnsupportedOperationException()
    override fun engineTranslateKey(key: Key?) = throw UnsupportedOperationException()
}

/** Tells what a secret key obtained. */
internal class FakeSecretKeyFactory : SecretKeyFactorySpi() {
    override fun engineGetKeySpec(key: SecretKey, type: Class<*>): KeySpec {
        if (key !is FakeKey || type != KeyInfo::class.java) throw InvalidKeySpecException("KeyInfo only")
        return FakeKeyInfo.of((key as FakeKey).rules)
    }

    override fun engineGenerateSecret(spec: KeySpec?) = throw UnsupportedOperationException()
    override fun engineTranslateKey(key: SecretKey?) = throw UnsupportedOperationException()
}
