package org.walletcore.android

import android.hardware.biometrics.BiometricPrompt.CryptoObject
import java.security.InvalidAlgorithmParameterException
import java.security.interfaces.ECPublicKey
import javax.crypto.Cipher
import javax.crypto.SecretKey
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import org.walletcore.CreatedKey
import org.walletcore.KeyAuthentication
import org.walletcore.KeyPolicy
import org.walletcore.KeySession
import org.walletcore.PortException
import org.walletcore.Purpose
import org.walletcore.SealPolicy
import org.walletcore.SecureArea

/**
 * Keys in the Android Keystore: in StrongBox where there is one, else in the trusted environment.
 *
 * What a key asks of the citizen is fixed when it is made. A key with a window is asked for once per session and is gone
 * when the screen lock is removed; a key for each use, and a secret sealed for biometrics, are gone when other biometrics
 * are enrolled; a phone without a screen lock gets keys that ask for nothing, and that is reported. Whatever is gone is
 * [PortException.NoSuchKey].
 *
 * All calls work off the caller's thread. There is no key agreement: Android has it from 12 (31) on only.
 *
 * @param prompt asks the citizen
 * @param words the app's words, asked for anew each time
 */
@Api28
class AndroidSecureArea(private val prompt: UserPrompt, private val words: () -> PromptWords) : SecureArea {

    override suspend fun create(alias: String, policy: KeyPolicy): CreatedKey = withContext(Dispatchers.IO) {
        val authentication = if (prompt.canAsk()) policy.authentication else KeyAuthentication.VaultOnly
        val challenge = policy.attestationChallenge
        var attested = false
        val pair = makeable {
            Keystore.attested(challenge) { challenge ->
                attested = challenge != null
                Keystore.strongest { Keystore.makePair(signingKey(alias, authentication, challenge, it)) }
            }
        }
        val level = obtainedLevel(Keystore.info(pair.private))
        if (level < policy.leastLevel) {
            Keystore.delete(alias)
            throw PortException.LevelNotAvailable()
        }
        CreatedKey(
            publicKey = (pair.public as ECPublicKey).uncompressed(),
            level = level,
            authentication = authentication,
            attestation = if (attested) Keystore.attestation(alias).map { it.encoded } else emptyList(),
        )
    }

    override suspend fun seal(alias: String, secret: ByteArray, policy: SealPolicy): ByteArray = try {
        withContext(Dispatchers.IO) {
            if (policy == SealPolicy.BIOMETRICS && !prompt.canAsk()) throw PortException.LevelNotAvailable()
            val key = makeable { Keystore.strongest { Keystore.makeSecret(sealingKey(alias, policy, it)) } }
            try {
                seal(key, secret, policy)
            } catch (failure: Throwable) {
                Keystore.delete(alias)
                throw failure
            }
        }
    } finally {
        secret.fill(0)
    }

    /** A key for each use wants the citizen's yes for sealing, too. */
    private suspend fun seal(key: SecretKey, secret: ByteArray, policy: SealPolicy): ByteArray {
        val cipher = Cipher.getInstance(SealedBlob.TRANSFORMATION).apply { init(Cipher.ENCRYPT_MODE, key) }
        if (policy == SealPolicy.BIOMETRICS) prompt.ask(Question(words().useBiometrics, ""), CryptoObject(cipher))
        return SealedBlob(cipher.iv, cipher.doFinal(secret)).toBytes()
    }

    override fun begin(purpose: Purpose): KeySession = KeystoreSession(purpose, prompt)

    override suspend fun delete(alias: String) = withContext(Dispatchers.IO) { Keystore.delete(alias) }

    override suspend fun list(prefix: String): List<String> =
        withContext(Dispatchers.IO) { Keystore.aliases().filter { it.startsWith(prefix) } }

    /** The Keystore refuses a key for biometrics where none is enrolled. */
    private inline fun <T> makeable(make: () -> T): T = try {
        make()
    } catch (_: InvalidAlgorithmParameterException) {
        throw PortException.LevelNotAvailable()
    }
}
