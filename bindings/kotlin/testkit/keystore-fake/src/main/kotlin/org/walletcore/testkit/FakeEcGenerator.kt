package org.walletcore.testkit

import android.security.keystore.KeyGenParameterSpec
import java.security.InvalidAlgorithmParameterException
import java.security.KeyPair
import java.security.KeyPairGenerator
import java.security.KeyPairGeneratorSpi
import java.security.SecureRandom
import java.security.spec.AlgorithmParameterSpec
import java.security.spec.ECGenParameterSpec

internal class FakeEcGenerator : KeyPairGeneratorSpi() {
    private lateinit var rules: KeyRules

    override fun initialize(size: Int, random: SecureRandom?) =
        throw IllegalArgumentException("KeyGenParameterSpec required")

    override fun initialize(params: AlgorithmParameterSpec?, random: SecureRandom?) {
        val spec = params as? KeyGenParameterSpec
            ?: throw InvalidAlgorithmParameterException("KeyGenParameterSpec required")
        val curve = spec.algorithmParameterSpec as? ECGenParameterSpec
        if (curve != null && curve.name != "secp256r1") throw InvalidAlgorithmParameterException(curve.name)
        if (curve == null && spec.keySize !in listOf(-1, 256)) throw InvalidAlgorithmParameterException("${spec.keySize}")
        rules = KeyRules(spec)
    }

    override fun generateKeyPair(): KeyPair {
        rules.checkMakeable()
        val pair = KeyPairGenerator.getInstance("EC", FakeAndroidKeyStore.real).run {
            initialize(ECGenParameterSpec("secp256r1"))
            generateKeyPair()
        }
        val key = FakePrivateKey(pair.private, rules, listOf(FakeCertificate.of(pair, rules.spec)))
        FakeAndroidKeyStore.put(key)
        return KeyPair(pair.public, key)
    }
}
