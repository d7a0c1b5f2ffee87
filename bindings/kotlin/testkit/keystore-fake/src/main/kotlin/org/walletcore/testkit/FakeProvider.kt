package org.walletcore.testkit

import java.security.Provider

/** Hands out instances: classes by name would be looked up in the wrong class loader. */
internal class FakeProvider : Provider(FakeAndroidKeyStore.NAME, 1.0, "test only") {
    init {
        service("KeyStore", FakeAndroidKeyStore.NAME) { FakeKeyStoreSpi() }
        service("KeyPairGenerator", "EC") { FakeEcGenerator() }
        service("KeyGenerator", "AES") { FakeAesGenerator() }
        service("KeyFactory", "EC") { FakeKeyFactory() }
        service("SecretKeyFactory", "AES") { FakeSecretKeyFactory() }
        service("Signature", "SHA256withECDSA") { FakeSignature() }
        service("Cipher", "AES/GCM/NoPadding") { FakeCipher() }
    }

    private fun service(type: String, algorithm: String, make: () -> Any) {
        putService(object : Service(this, type, algorithm, "test-only", null, null) {
            override fun newInstance(parameter: Any?): Any = make()

            // Only our own keys: so a Signature or Cipher that is asked for without a provider finds this one by its key.
            override fun supportsParameter(parameter: Any?) = when (type) {
                "Signature", "Cipher" -> parameter is FakeKey
                else -> true
            }
        })
    }
}
