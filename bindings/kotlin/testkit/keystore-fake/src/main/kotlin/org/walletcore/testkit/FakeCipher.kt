package org.walletcore.testkit

import android.security.keystore.KeyProperties
import java.security.AlgorithmParameters
import java.security.InvalidAlgorithmParameterException
import java.security.InvalidKeyException
import java.security.Key
import java.security.SecureRandom
import java.security.spec.AlgorithmParameterSpec
import javax.crypto.Cipher
import javax.crypto.CipherSpi
import javax.crypto.IllegalBlockSizeException
import javax.crypto.spec.GCMParameterSpec

/** AES-GCM with a nonce that the "hardware" chooses. */
internal class FakeCipher : CipherSpi() {
    private lateinit var key: FakeSecretKey
    private lateinit var cipher: Cipher
    private lateinit var operation: FakeOperation

    override fun engineInit(mode: Int, key: Key?, random: SecureRandom?) {
        if (mode != Cipher.ENCRYPT_MODE) throw InvalidKeyException("the nonce is missing")
        begin(mode, key, GCMParameterSpec(TAG_BITS, ByteArray(NONCE_BYTES).also(SecureRandom()::nextBytes)))
    }

    override fun engineInit(mode: Int, key: Key?, params: AlgorithmParameterSpec?, random: SecureRandom?) {
        if (params == null) return engineInit(mode, key, random)
        if (mode == Cipher.ENCRYPT_MODE) throw InvalidAlgorithmParameterException("Caller-provided IV not permitted")
        if (params !is GCMParameterSpec) throw InvalidAlgorithmParameterException("GCMParameterSpec required")
        begin(mode, key, params)
    }

    override fun engineInit(mode: Int, key: Key?, params: AlgorithmParameters?, random: SecureRandom?) =
        engineInit(mode, key, params?.getParameterSpec(GCMParameterSpec::class.java), random)

    private fun begin(mode: Int, given: Key?, params: GCMParameterSpec) {
        key = given as? FakeSecretKey ?: throw InvalidKeyException("not a Keystore key")
        val purpose = if (mode == Cipher.ENCRYPT_MODE) KeyProperties.PURPOSE_ENCRYPT else KeyProperties.PURPOSE_DECRYPT
        key.rules.checkUsable(key, purpose)
        operation = FakeOperation()
        FakeOperation.ofNonce(params.iv, operation)
        cipher = Cipher.getInstance("AES/GCM/NoPadding", FakeAndroidKeyStore.real).apply { init(mode, key.real, params) }
    }

    override fun engineDoFinal(input: ByteArray?, offset: Int, length: Int): ByteArray {
        if (key.rules.eachUse && !operation.authorized) throw IllegalBlockSizeException("Key user not authenticated")
        return if (input == null) cipher.doFinal() else cipher.doFinal(input, offset, length)
    }

    override fun engineDoFinal(input: ByteArray?, offset: Int, length: Int, output: ByteArray, at: Int): Int {
        val done = engineDoFinal(input, offset, length)
        done.copyInto(output, at)
        return done.size
    }

    override fun engineUpdate(input: ByteArray?, offset: Int, length: Int): ByteArray? = cipher.update(input, offset, length)

    override fun engineUpdate(input: ByteArray?, offset: Int, length: Int, output: ByteArray?, at: Int): Int =
        cipher.update(input, offset, length, output, at)

    override fun engineUpdateAAD(src: ByteArray, offset: Int, len: Int) = cipher.updateAAD(src, offset, len)
    override fun engineGetIV(): ByteArray = cipher.iv
    override fun engineGetParameters(): AlgorithmParameters = cipher.parameters
    override fun engineGetBlockSize() = 16
    override fun engineGetOutputSize(length: Int) = cipher.getOutputSize(length)
    override fun engineSetMode(mode: String?) = throw UnsupportedOperationException()
    override fun engineSetPadding(padding: String?) = throw UnsupportedOperationException()

    private companion object {
        const val TAG_BITS = 128
        const val NONCE_BYTES = 12
    }
}
