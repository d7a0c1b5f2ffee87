package org.walletcore.testkit

import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyProperties
import java.security.InvalidAlgorithmParameterException
import java.security.SecureRandom
import java.security.spec.AlgorithmParameterSpec
import javax.crypto.KeyGenerator
import javax.crypto.KeyGeneratorSpi
import javax.crypto.SecretKey

internal class FakeAesGenerator : KeyGeneratorSpi() {
    private lateinit var rules: KeyRules

    override fun engineInit(random: SecureRandom?) = throw IllegalArgumentException("KeyGenParameterSpec required")
    override fun engineInit(size: Int, random: SecureRandom?) = engineInit(random)

    override fun engineInit(params: AlgorithmParameterSpec?, random: SecureRandom?) {
        val spec = params as? KeyGenParameterSpec
            ?: throw InvalidAlgorithmParameterException("KeyGenParameterSpec required")
        if (spec.keySize !in listOf(-1, 256)) throw InvalidAlgorithmParameterException("${spec.keySize}")
        if (KeyProperties.BLOCK_MODE_GCM !in spec.blockModes) throw InvalidAlgorithmParameterException("block mode")
        rules = KeyRules(spec)
    }

    override fun engineGenerateKey(): SecretKey {
        rules.checkMakeable()
        val real = KeyGenerator.getInstance("AES", FakeAndroidKeyStore.real).run {
            init(256)
            generateKey()
        }
        return FakeSecretKey(real, rules).also(FakeAndroidKeyStore::put)
    }
}
