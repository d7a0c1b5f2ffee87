package org.walletcore.testkit

import android.security.keystore.KeyProperties
import java.security.InvalidKeyException
import java.security.PrivateKey
import java.security.PublicKey
import java.security.Signature
import java.security.SignatureException
import java.security.SignatureSpi

internal class FakeSignature : SignatureSpi() {
    private lateinit var key: FakePrivateKey
    private lateinit var signature: Signature
    private lateinit var operation: FakeOperation

    override fun engineInitSign(privateKey: PrivateKey?) {
        key = privateKey as? FakePrivateKey ?: throw InvalidKeyException("not a Keystore key")
        if (KeyProperties.DIGEST_SHA256 !in key.rules.spec.digests) throw InvalidKeyException("digest")
        key.rules.checkUsable(key, KeyProperties.PURPOSE_SIGN)
        operation = FakeOperation()
        signature = Signature.getInstance("SHA256withECDSA", FakeAndroidKeyStore.real).apply { initSign(key.real) }
    }

    override fun engineInitVerify(publicKey: PublicKey?) = throw InvalidKeyException("verify with another provider")
    override fun engineUpdate(b: Byte) = signature.update(b)
    override fun engineUpdate(b: ByteArray, off: Int, len: Int) = signature.update(b, off, len)

    override fun engineSign(): ByteArray {
        if (key.rules.eachUse && !operation.authorized) throw SignatureException("Key user not authenticated")
        return signature.sign()
    }

    override fun engineVerify(signature: ByteArray?) = throw UnsupportedOperationException()

    @Deprecated("JCA")
    override fun engineSetParameter(param: String?, value: Any?) = throw UnsupportedOperationException()

    @Deprecated("JCA")
    override fun engineGetParameter(param: String?): Any =
        if (param == OPERATION) operation else throw UnsupportedOperationException()

    companion object {
        /** How the fake prompt asks which operation it was given. */
        const val OPERATION = "org.walletcore.testkit.operation"
    }
}
