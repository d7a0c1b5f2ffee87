package org.walletcore.rules

import java.lang.reflect.Modifier
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertNull
import kotlin.test.assertTrue
import org.junit.jupiter.api.Test
import org.walletcore.Fault
import org.walletcore.Code
import org.walletcore.HttpHeader
import org.walletcore.Incoming
import org.walletcore.NewUnlock
import org.walletcore.RecoveryKey
import org.walletcore.Source
import org.walletcore.Unlock
import org.walletcore.WalletException
import org.walletcore.consentTo
import org.walletcore.testing.Pilot
import org.walletcore.testing.Pilot.Party
import org.walletcore.testing.TestWallet
import org.walletcore.testing.test
import org.walletcore.toSecret

/** Whatever is printed or looked into by reflection, as serializers do, holds no claim and no secret. */
class PrintingTest {
    @Test fun `no value of the library prints a claim`() = test {
        TestWallet.make().use { wallet ->
            val offer = TestWallet.offer(wallet, Pilot.world().issuer(Party.EU, transactionCode = "4711").offer)
            val preview = offer.accept("4711", "")
            val previewed = preview.credentials()
            val ids = preview.keep()
            TestWallet.receive(wallet, Pilot.world().issuer(Party.CA).offer)
            val details = wallet.credential(ids[0])
            val incoming = wallet.openLink(Pilot.world().verifier(Party.EU).ask("portrait").uri, Source.SCAN)
            val request = (incoming as Incoming.Request).request
            val choice = request.least()
            val warnings = request.warnings(choice)
            val consent = request.consentTo(choice, warnings)
            val receipt = request.send(consent, "")
            val key = RecoveryKey.random()
            val values = listOf(
                wallet, offer, offer.details(), preview, previewed, details, details.claims, wallet.credentials(), incoming,
                request, request.details(), choice, warnings, consent, receipt, wallet.history(), wallet.check(),
                wallet.trustedAuthorities(), wallet.pending(), wallet.toReissue(), wallet.guards(), key,
                Unlock.Pin("481516".toSecret()), NewUnlock.Passphrase("correct horse battery staple".toSecret()),
                WalletException.Unlock(Fault(Code.PIN_WRONG, null, null, 3u, null)),
            )
            for (value in values) {
                val printed = "$value\n" + mirrored(value)
                for (text in PERSONAL + String(key.reveal())) {
                    assertFalse(text in printed, "${value.javaClass} prints something personal")
                }
            }
            // The search itself finds what is there.
            assertTrue("Vandermeer" in details.claims.joinToString { it.reveal("en") })
            assertTrue("Vandermeer" in mirrored(listOf(HttpHeader("a", "Vandermeer"))))
        }
    }

    @Test fun `a picture is a picture and has a bound`() = test {
        TestWallet.stocked().use { wallet ->
            val entry = wallet.credentials().entries.first { it.typeId == "urn:eudi:pid:1" }
            val claims = wallet.credential(entry.id).claims
            val picture = claims.mapNotNull { it.image(4_000_000u) }.single()
            assertEquals(listOf(0xff, 0xd8), picture.take(2).map { it.toInt() and 0xff })
            claims.forEach { assertNull(it.image(1u), "too many pixels") }
        }
    }

    /** Every field of the library's own values, whatever it is declared as, and of those in it. */
    private fun mirrored(value: Any?, depth: Int = 0): String = when {
        value == null || depth > 12 -> ""
        // Texts and names stand as they are. Secrets on their way in are arrays, which print nothing.
        value is CharSequence || value is Number || value is Enum<*> || value is Boolean -> "$value"
        value is Iterable<*> -> value.joinToString("\n") { mirrored(it, depth + 1) }
        value.javaClass.name.startsWith("org.walletcore.") -> fields(value.javaClass)
            .filterNot { Modifier.isStatic(it.modifiers) }
            .joinToString("\n", prefix = "$value\n") { field ->
                field.isAccessible = true
                mirrored(field.get(value), depth + 1)
            }
        else -> "$value"
    }

    private fun fields(type: Class<*>?): List<java.lang.reflect.Field> =
        if (type == null || !type.name.startsWith("org.walletcore.")) emptyList()
        else type.declaredFields.toList() + fields(type.superclass)

    private companion object {
        /** Values of the people whom pilot's issuers know, and secrets of these tests. */
        val PERSONAL = listOf(
            "Vandermeer", "Amélie", "1994-08-21", "94082199700", "Rue de l’Exemple", "PID-0000097",
            "Côté-Lévesque", "Étienne", "1990-02-14", "9700197", "V8V 1A1", "481516", "correct horse",
        )
    }
}
