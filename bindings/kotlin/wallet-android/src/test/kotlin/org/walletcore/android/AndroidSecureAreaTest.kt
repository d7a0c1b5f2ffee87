package org.walletcore.android

import android.os.Build
import java.math.BigInteger
import java.security.AlgorithmParameters
import java.security.KeyFactory
import java.security.PublicKey
import java.security.Signature
import java.security.cert.CertificateFactory
import java.security.spec.ECGenParameterSpec
import java.security.spec.ECParameterSpec
import java.security.spec.ECPoint
import java.security.spec.ECPublicKeySpec
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.walletcore.Abilities
import org.walletcore.KeyAction
import org.walletcore.KeyAuthentication
import org.walletcore.KeyLevel
import org.walletcore.KeyPolicy
import org.walletcore.KeyUse
import org.walletcore.PortException
import org.walletcore.Purpose
import org.walletcore.SealPolicy
import org.walletcore.checkSecureArea
import org.walletcore.testkit.FakeAndroidKeyStore

/** The test's thread is the main thread, which the Keystore's stand-in refuses: whatever passes here works elsewhere. */
@RunWith(RobolectricTestRunner::class)
class AndroidSecureAreaTest {
    private val prompt = AnsweringPrompt()
    private val area = AndroidSecureArea(prompt) { PromptWords("Cancel", "Open with biometrics from now on?") }
    private val message = "message".toByteArray()
    private val window = KeyAuthentication.Window(60u)

    @Before fun keystore() = FakeAndroidKeyStore.install()

    private fun policy(
        authentication: KeyAuthentication,
        least: KeyLevel = KeyLevel.SOFTWARE,
        challenge: ByteArray? = null,
    ) = KeyPolicy(KeyUse.CREDENTIAL, least, authentication, challenge)

    private fun begin() = area.begin(Purpose(KeyAction.PRESENT, "Town Hall", "Share with Town Hall"))

    private fun create(alias: String, policy: KeyPolicy) = runBlocking { area.create(alias, policy) }

    private fun aliases() = runBlocking { area.list("") }

    @Test fun `the rules of every secure area are kept`() {
        assertEquals(null, runBlocking { checkSecureArea(area, Abilities(agrees = false, seals = true)) })
    }

    @Test fun `a signature is of the key that was made`() {
        val made = create("a", policy(KeyAuthentication.VaultOnly))
        val der = runBlocking { begin().sign("a", message) }
        assertTrue(verifies(made.publicKey, der, message))
        assertFalse(verifies(made.publicKey, der, "another".toByteArray()))
        assertEquals(emptyList<String>(), prompt.asked)
    }

    @Test fun `one session asks once however many sign at once`() {
        val made = create("a", policy(window))
        assertEquals(window, made.authentication)
        val session = begin()
        val signatures = runBlocking { List(50) { async { session.sign("a", message) } }.awaitAll() }
        assertTrue(signatures.all { verifies(made.publicKey, it, message) })
        assertEquals(listOf("Share with Town Hall"), prompt.asked)
        FakeAndroidKeyStore.timePasses()
        assertThrows(PortException.Cancelled::class.java) { runBlocking { session.sign("a", message) } }
        assertEquals("a session never asks twice", 1, prompt.asked.size)
        runBlocking { begin().sign("a", message) }
        assertEquals(2, prompt.asked.size)
    }

    @Test fun `who was asked a moment ago is not asked again`() {
        create("a", policy(window))
        FakeAndroidKeyStore.userAuthenticates()
        runBlocking { begin().sign("a", message) }
        assertEquals(0, prompt.asked.size)
    }

    @Test fun `a key for each use asks for each use`() {
        val made = create("a", policy(KeyAuthentication.EachUse))
        val session = begin()
        repeat(2) { assertTrue(verifies(made.publicKey, runBlocking { session.sign("a", message) }, message)) }
        assertEquals(2, prompt.asked.size)
    }

    @Test fun `no is cancelled`() {
        create("a", policy(window))
        prompt.saysYes = false
        assertThrows(PortException.Cancelled::class.java) { runBlocking { begin().sign("a", message) } }
    }

    @Test fun `a session that has ended signs nothing`() {
        create("a", policy(KeyAuthentication.VaultOnly))
        val session = begin()
        runBlocking { session.end() }
        assertThrows(PortException.Cancelled::class.java) { runBlocking { session.sign("a", message) } }
    }

    @Test fun `a phone without a screen lock gives keys that ask for nothing and says so`() {
        FakeAndroidKeyStore.hasSecureLockScreen = false
        assertEquals(KeyAuthentication.VaultOnly, create("a", policy(window)).authentication)
        runBlocking { begin().sign("a", message) }
        assertEquals(0, prompt.asked.size)
    }

    @Test fun `without biometrics there is no key for each use`() {
        FakeAndroidKeyStore.hasBiometrics = false
        assertThrows(PortException.LevelNotAvailable::class.java) { create("a", policy(KeyAuthentication.EachUse)) }
        assertEquals(window, create("b", policy(window)).authentication)
    }

    @Test fun `the level is what the platform can say`() {
        fun level() = create("a", policy(window)).level
        // Before 31 the platform says "in secure hardware" and no more.
        val toldApart = Build.VERSION.SDK_INT >= 31
        assertEquals(if (toldApart) KeyLevel.TRUSTED_ENVIRONMENT else KeyLevel.UNKNOWN_HARDWARE, level())
        FakeAndroidKeyStore.hasStrongBox = true
        assertEquals(if (toldApart) KeyLevel.SECURE_ELEMENT else KeyLevel.UNKNOWN_HARDWARE, level())
        FakeAndroidKeyStore.hasStrongBox = false
        FakeAndroidKeyStore.hasSecureHardware = false
        assertEquals(KeyLevel.SOFTWARE, level())
    }

    @Test fun `a weaker key than demanded is none`() {
        assertThrows(PortException.LevelNotAvailable::class.java) {
            create("a", policy(window, least = KeyLevel.SECURE_ELEMENT))
        }
        assertEquals(emptyList<String>(), aliases())
    }

    @Test fun `an attestation is over the challenge and comes only when asked for`() {
        assertEquals(0, create("a", policy(window)).attestation.size)
        val made = create("b", policy(window, challenge = "nonce".toByteArray()))
        val leaf = CertificateFactory.getInstance("X.509").generateCertificate(made.attestation.first().inputStream())
        assertTrue("nonce" in String(leaf.encoded, Charsets.ISO_8859_1))
    }

    @Test fun `removing the screen lock voids the keys that asked and leaves the others`() {
        create("asks", policy(window))
        create("silent", policy(KeyAuthentication.VaultOnly))
        val pin = sealed("pin", SealPolicy.THIS_DEVICE)
        val biometrics = sealed("biometrics", SealPolicy.BIOMETRICS)
        FakeAndroidKeyStore.lockScreenIsRemoved()
        val session = begin()
        assertThrows(PortException.NoSuchKey::class.java) { runBlocking { session.sign("asks", message) } }
        assertThrows(PortException.NoSuchKey::class.java) { runBlocking { session.unseal("biometrics", biometrics) } }
        runBlocking { session.sign("silent", message) }
        assertArrayEquals(secret(), runBlocking { session.unseal("pin", pin) })
    }

    @Test fun `other biometrics void what they opened and leave the rest`() {
        create("window", policy(window))
        create("each", policy(KeyAuthentication.EachUse))
        val pin = sealed("pin", SealPolicy.THIS_DEVICE)
        val biometrics = sealed("biometrics", SealPolicy.BIOMETRICS)
        FakeAndroidKeyStore.biometricsChange()
        val session = begin()
        assertThrows(PortException.NoSuchKey::class.java) { runBlocking { session.unseal("biometrics", biometrics) } }
        assertThrows(PortException.NoSuchKey::class.java) { runBlocking { session.sign("each", message) } }
        runBlocking { session.sign("window", message) }
        assertArrayEquals(secret(), runBlocking { session.unseal("pin", pin) })
    }

    @Test fun `opening by biometrics and signing is one prompt`() {
        create("a", policy(window))
        val biometrics = sealed("biometrics", SealPolicy.BIOMETRICS)
        assertEquals(listOf("Open with biometrics from now on?"), prompt.asked)
        FakeAndroidKeyStore.timePasses()
        prompt.asked.clear()
        val session = begin()
        assertArrayEquals(secret(), runBlocking { session.unseal("biometrics", biometrics) })
        runBlocking { repeat(3) { session.sign("a", message) } }
        assertEquals(listOf("Share with Town Hall"), prompt.asked)
    }

    @Test fun `sealing wipes the secret and shows nothing of it`() {
        val given = secret()
        val sealed = runBlocking { area.seal("a", given, SealPolicy.THIS_DEVICE) }
        assertArrayEquals(ByteArray(32), given)
        assertFalse(String(sealed, Charsets.ISO_8859_1).contains(String(secret(), Charsets.ISO_8859_1)))
    }

    @Test fun `sealing that is refused leaves no key`() {
        prompt.saysYes = false
        assertThrows(PortException.Cancelled::class.java) { sealed("a", SealPolicy.BIOMETRICS) }
        assertEquals(emptyList<String>(), aliases())
    }

    @Test fun `what another key sealed or what was changed does not open`() {
        val first = sealed("first", SealPolicy.THIS_DEVICE)
        val second = sealed("second", SealPolicy.THIS_DEVICE)
        val session = begin()
        for (wrong in listOf(second, first.copyOf(first.size - 1), first.copyOf(3), ByteArray(0))) {
            assertThrows(PortException.NoSuchKey::class.java) { runBlocking { session.unseal("first", wrong) } }
        }
    }

    @Test fun `keys are listed by prefix and deleted`() {
        create("one.a", policy(KeyAuthentication.VaultOnly))
        create("two.a", policy(KeyAuthentication.VaultOnly))
        sealed("one.seal", SealPolicy.THIS_DEVICE)
        assertEquals(listOf("one.a", "one.seal"), runBlocking { area.list("one.") }.sorted())
        runBlocking { repeat(2) { area.delete("one.a") } }
        assertThrows(PortException.NoSuchKey::class.java) { runBlocking { begin().sign("one.a", message) } }
        assertEquals(listOf("one.seal", "two.a"), aliases().sorted())
    }

    private fun secret() = ByteArray(32) { 7 }

    private fun sealed(alias: String, policy: SealPolicy) = runBlocking { area.seal(alias, secret(), policy) }

    private fun verifies(point: ByteArray, der: ByteArray, message: ByteArray) =
        Signature.getInstance("SHA256withECDSA").run {
            initVerify(publicKey(point))
            update(message)
            verify(der)
        }

    private fun publicKey(point: ByteArray): PublicKey {
        assertEquals(4, point[0].toInt())
        val parameters = AlgorithmParameters.getInstance("EC").run {
            init(ECGenParameterSpec("secp256r1"))
            getParameterSpec(ECParameterSpec::class.java)
        }
        val (x, y) = listOf(1..32, 33..64).map { BigInteger(1, point.sliceArray(it)) }
        return KeyFactory.getInstance("EC").generatePublic(ECPublicKeySpec(ECPoint(x, y), parameters))
    }
}
