package org.walletcore.testing

import java.math.BigInteger
import java.security.KeyFactory
import java.security.KeyPair
import java.security.KeyPairGenerator
import java.security.SecureRandom
import java.security.Signature
import java.security.interfaces.ECPublicKey
import java.security.spec.ECGenParameterSpec
import java.security.spec.ECPoint
import java.security.spec.ECPublicKeySpec
import java.util.Collections
import java.util.concurrent.ConcurrentHashMap
import javax.crypto.AEADBadTagException
import javax.crypto.Cipher
import javax.crypto.KeyAgreement
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

/** A secure area made of the JVM's cryptography: it follows the rules, and protects nothing. */
class TestSecureArea : SecureArea {
    private val pairs = ConcurrentHashMap<String, KeyPair>()
    private val seals = ConcurrentHashMap<String, SecretKey>()

    /** The sentences of all sessions so far. */
    val sentences: MutableList<String> = Collections.synchronizedList(mutableListOf())

    /** Makes the citizen cancel each dialog from now on. */
    @Volatile var citizenCancels = false

    /** The array with a guard secret that was given back last. */
    @Volatile var lastGivenBack: ByteArray? = null

    override suspend fun create(alias: String, policy: KeyPolicy): CreatedKey {
        if (policy.leastLevel > KeyLevel.SOFTWARE) throw PortException.LevelNotAvailable()
        val pair = KeyPairGenerator.getInstance("EC").run {
            initialize(ECGenParameterSpec("secp256r1"))
            generateKeyPair()
        }
        pairs[alias] = pair
        val point = (pair.public as ECPublicKey).w
        val bytes = byteArrayOf(4) + in32Bytes(point.affineX) + in32Bytes(point.affineY)
        return CreatedKey(bytes, KeyLevel.SOFTWARE, policy.authentication, emptyList())
    }

    override suspend fun seal(alias: String, secret: ByteArray, policy: SealPolicy): ByteArray {
        val key = KeyGenerator.getInstance("AES").generateKey().also { seals[alias] = it }
        val nonce = ByteArray(NONCE_BYTES).also(SecureRandom()::nextBytes)
        return (nonce + aes(Cipher.ENCRYPT_MODE, key, nonce).doFinal(secret)).also { secret.fill(0) }
    }

    override fun begin(purpose: Purpose): KeySession {
        sentences += purpose.text
        return Session()
    }

    override suspend fun delete(alias: String) {
        pairs.remove(alias)
        seals.remove(alias)
    }

    override suspend fun list(prefix: String) = (pairs.keys + seals.keys).filter { it.startsWith(prefix) }

    private inner class Session : KeySession {
        @Volatile private var ended = false

        override suspend fun sign(alias: String, message: ByteArray): ByteArray =
            Signature.getInstance("SHA256withECDSA").run {
                initSign(pair(alias).private)
                update(message)
                sign()
            }

        override suspend fun agree(alias: String, publicKey: ByteArray): ByteArray {
            val own = pair(alias)
            val (x, y) = listOf(1..32, 33..64).map { BigInteger(1, publicKey.sliceArray(it)) }
            val spec = ECPublicKeySpec(ECPoint(x, y), (own.public as ECPublicKey).params)
            return KeyAgreement.getInstance("ECDH").run {
                init(own.private)
                doPhase(KeyFactory.getInstance("EC").generatePublic(spec), true)
                generateSecret()
            }
        }

        override suspend fun unseal(alias: String, sealed: ByteArray): ByteArray {
            asked()
            val key = seals[alias] ?: throw PortException.NoSuchKey()
            val nonce = sealed.copyOf(NONCE_BYTES)
            return try {
                aes(Cipher.DECRYPT_MODE, key, nonce).doFinal(sealed, NONCE_BYTES, sealed.size - NONCE_BYTES)
            } catch (_: AEADBadTagException) {
                throw PortException.NoSuchKey()
            }.also { lastGivenBack = it }
        }

        override suspend fun end() {
            ended = true
        }

        private fun pair(alias: String): KeyPair {
            asked()
            return pairs[alias] ?: throw PortException.NoSuchKey()
        }

        private fun asked() {
            if (ended || citizenCancels) throw PortException.Cancelled()
        }
    }

    private fun aes(mode: Int, key: SecretKey, nonce: ByteArray): Cipher =
        Cipher.getInstance("AES/GCM/NoPadding").apply { init(mode, key, GCMParameterSpec(TAG_BITS, nonce)) }

    private fun in32Bytes(number: BigInteger): ByteArray {
        val bytes = number.toByteArray()
        return ByteArray(32).also { out ->
            val length = minOf(bytes.size, out.size)
            bytes.copyInto(out, out.size - length, bytes.size - length)
        }
    }

    private companion object {
        const val NONCE_BYTES = 12
        const val TAG_BITS = 128
    }
}
