package org.walletcore.flows

import java.net.URI
import java.net.URLDecoder
import java.net.URLEncoder
import java.util.Base64
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import org.junit.jupiter.api.Test
import org.walletcore.Code
import org.walletcore.Source
import org.walletcore.codeNumbered
import org.walletcore.testing.CountingHttpClient
import org.walletcore.testing.Json
import org.walletcore.testing.Pilot
import org.walletcore.testing.Pilot.Party
import org.walletcore.testing.TestWallet
import org.walletcore.testing.codeOf
import org.walletcore.testing.test

class RefusingTest {
    @Test fun `a decline reaches the verifier`() = test {
        TestWallet.stocked().use { wallet ->
            val verifier = Pilot.world().verifier(Party.EU)
            val asked = verifier.ask("portrait")
            TestWallet.request(wallet, asked.uri).decline()
            val verdict = verifier.verdict(asked)
            assertEquals("access_denied", verdict["error"]["code"].text)
            assertFalse(verdict["verified"].isTrue)
        }
    }

    @Test fun `a link can be declined unseen`() = test {
        TestWallet.stocked().use { wallet ->
            val verifier = Pilot.world().verifier(Party.EU)
            val asked = verifier.ask("portrait")
            wallet.decline(asked.uri, Source.SCAN)
            assertEquals("access_denied", verifier.verdict(asked)["error"]["code"].text)
        }
    }

    /** Somebody takes a verifier's request, changes where the answer goes, and offers it as his own. */
    @Test fun `an altered request gets nothing`() = test {
        val http = CountingHttpClient(TestWallet.http())
        TestWallet.stocked(http = http).use { wallet ->
            val verifier = Pilot.world().verifier(Party.EU)
            val asked = verifier.ask("portrait")
            val genuine = verifier.requestObject(parameter(asked.uri, "request_uri"))
            val altered = altered(genuine, responseUri = "https://attacker.example/answer")
            val link = "haip-vp://?client_id=${encoded(asked.clientId)}&request=${encoded(altered)}"
            val before = http.count
            assertEquals(Code.REQUEST_SIGNATURE_INVALID, codeOf { wallet.openLink(link, Source.SCAN) })
            assertEquals(before, http.count, "nobody is told anything")
            val noted = wallet.history().unauthenticatedRefusals.last()
            assertEquals(Code.REQUEST_SIGNATURE_INVALID, codeNumbered(noted.code))
        }
    }

    @Test fun `what is no link is told so`() = test {
        TestWallet.make().use { wallet ->
            assertEquals(Code.LINK_NOT_UNDERSTOOD, codeOf { wallet.openLink("https://example.com/", Source.PASTE) })
        }
    }

    private fun parameter(link: String, name: String): String = URI(link).rawQuery.split('&')
        .first { it.startsWith("$name=") }.substringAfter('=').let { URLDecoder.decode(it, "UTF-8") }

    private fun encoded(text: String) = URLEncoder.encode(text, "UTF-8")

    /** The same header, the same signature, another `response_uri`. */
    private fun altered(compact: String, responseUri: String): String {
        val (header, payload, signature) = compact.split('.')
        val members: Map<String, JsonElement> = Json(String(Base64.getUrlDecoder().decode(payload))).element as JsonObject
        val changed = JsonObject(members + ("response_uri" to JsonPrimitive(responseUri))).toString()
        return listOf(header, Base64.getUrlEncoder().withoutPadding().encodeToString(changed.toByteArray()), signature)
            .joinToString(".")
    }
}
