package org.walletcore.demo.death

import java.io.File
import java.io.ObjectInputStream
import java.io.ObjectOutputStream
import java.io.Serializable
import java.math.BigInteger
import java.security.KeyPair
import java.security.KeyPairGenerator
import java.security.SecureRandom
import java.security.Signature
import java.security.interfaces.ECPublicKey
import java.security.spec.ECGenParameterSpec
import javax.crypto.AEADBadTagException
import javax.crypto.Cipher
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec
import org.walletcore.CreatedKey
import org.walletcore.KeyLevel
import org.walletcore.KeyPolicy
import org.walletcore.KeySession
import org.walletcore.PortException
import org.walletcore.Purpose
import org.walletcore.SealPolicy
import org.walletcore.SecureArea

/** Keys that outlive the process, as a phone's Keystore does: a file each. It protects nothing. */
class LastingSecureArea(private val folder: File) : SecureArea {
    init {
        folder.mkdirs()
    }

    override suspend fun create(alias: String, policy: KeyPolicy): CreatedKey {
        if (policy.leastLevel > KeyLevel.SOFTWARE) throw PortException.LevelNotAvailable()
        val pair = KeyPairGenerator.getInstance("EC").apply { initialize(ECGenParameterSpec("secp256r1")) }.generateKeyPair()
        put(alias, pair)
        val point = (pair.public as ECPublicKey).w
        val bytes = byteArrayOf(4) + in32Bytes(point.affineX) + in32Bytes(point.affineY)
        return CreatedKey(bytes, KeyLevel.SOFTWARE, policy.authentication, emptyList())
    }

    override suspend fun seal(alias: String, secret: ByteArray, policy: SealPolicy): ByteArray {
        val key = KeyGenerator.getInstance("AES").generateKey().also { put(alias, it) }
        val nonce = ByteArray(NONCE_BYTES).also(SecureRandom()::nextBytes)
        return (nonce + aes(Cipher.ENCRYPT_MODE, key, nonce).doFinal(secret)).also { secret.fill(0) }
    }

    override fun begin(purpose: Purpose): KeySession = Session()

    override suspend fun delete(alias: String) {
        file(alias).delete()
    }

    override suspend fun list(prefix: String) = folder.list().orEmpty().map(::alias).filter { it.startsWith(prefix) }

    private inner class Session : KeySession {
        override suspend fun sign(alias: String, message: ByteArray): ByteArray = Signature.getInstance("SHA256withECDSA").run {
            initSign((get(alias) as KeyPair).private)
            update(message)
            sign()
        }

        override suspend fun agree(alias: String, publicKey: ByteArray): ByteArray = throw PortException.NoSuchKey()

        override suspend fun unseal(alias: String, sealed: ByteArray): ByteArray = try {
            aes(Cipher.DECRYPT_MODE, get(alias) as SecretKey, sealed.copyOf(NONCE_BYTES)).doFinal(sealed, NONCE_BYTES, sealed.size - NONCE_BYTES)
        } catch (_: AEADBadTagException) {
            throw PortException.NoSuchKey()
        }

        override suspend fun end() = Unit
    }

    private fun put(alias: String, key: Serializable) = ObjectOutputStream(file(alias).outputStream()).use { it.writeObject(key) }

    private fun get(alias: String): Any {
        if (!file(alias).exists()) throw PortException.NoSuchKey()
        return ObjectInputStream(file(alias).inputStream()).use { it.readObject() }
    }

    private fun file(alias: String) = File(folder, alias.toByteArray().joinToString("") { "%02x".format(it) })

    private fun alias(file: String) = String(file.chunked(2).map { it.toInt(16).toByte() }.toByteArray())

    private fun aes(mode: Int, key: SecretKey, nonce: ByteArray): Cipher =
        Cipher.getInstance("AES/GCM/NoPadding").apply { init(mode, key, GCMParameterSpec(TAG_BITS, nonce)) }

    private fun in32Bytes(number: BigInteger): ByteArray = number.toByteArray().let { ByteArray(maxOf(0, 32 - it.size)) + it.takeLast(32) }

    private companion object {
        const val NONCE_BYTES = 12
        const val TAG_BITS = 128
    }
}
