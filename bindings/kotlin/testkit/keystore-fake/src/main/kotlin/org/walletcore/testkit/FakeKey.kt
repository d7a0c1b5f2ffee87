package org.walletcore.testkit

import java.security.Key
import java.security.PrivateKey
import java.security.cert.Certificate
import javax.crypto.SecretKey

/** A key as the Keystore hands it out: without format and encoding. */
internal sealed class FakeKey(val rules: KeyRules) : Key {
    /** Set when the citizen changed what the key was bound to. */
    @Volatile var invalidated = false

    override fun getFormat(): String? = null
    override fun getEncoded(): ByteArray? = null
}

internal class FakePrivateKey(val real: PrivateKey, rules: KeyRules, val chain: List<Certificate>) :
    FakeKey(rules), PrivateKey {
    override fun getAlgorithm() = "EC"
}

internal class FakeSecretKey(val real: SecretKey, rules: KeyRules) : FakeKey(rules), SecretKey {
    override fun getAlgorithm() = "AES"
}
