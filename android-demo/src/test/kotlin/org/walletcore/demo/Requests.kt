package org.walletcore.demo

import java.net.URI
import java.net.URLDecoder
import java.net.URLEncoder
import java.util.Base64
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import org.walletcore.HttpHeader
import org.walletcore.HttpMethod
import org.walletcore.HttpRequest
import org.walletcore.testing.Json
import org.walletcore.testing.Pilot
import org.walletcore.testing.Verifier
import org.walletcore.testing.httpTrusting

/** A request from nobody: unsigned, as pilot's verifier makes it when it is told to. */
suspend fun Verifier.asksUnsigned(query: String): Verifier.Asked {
    val body = """{"query":"$query","client_id_prefix":"redirect_uri"}"""
    val headers = listOf(HttpHeader("Content-Type", "application/json"))
    val call = HttpRequest(HttpMethod.POST, "$url/api/requests", headers, body.toByteArray(), 1uL shl 20, 30_000u)
    val made = Json(String(httpTrusting(Pilot.world().tlsAuthority).send(call).body))
    return Verifier.Asked(checkNotNull(made["uri"].text), checkNotNull(made["client_id"].text), checkNotNull(made["result"].text))
}

/** Somebody who took a verifier's request, as a wallet would, and offers it as his own. */
class Attacker private constructor(private val clientId: String, genuine: String) {
    private val header: String
    private val payload: String
    private val signature: String

    init {
        val (first, second, third) = genuine.split('.')
        header = first
        payload = second
        signature = third
    }

    /** The answer would go to him. */
    fun takesTheAnswer() = link(clientId, "$header.${with(payload, "response_uri", "https://attacker.example/answer")}.$signature")

    /** It asks for more than the verifier did. */
    fun takesTheSignatureAway() = link(clientId, "${with(header, "alg", "none")}.$payload.")

    /** It says that it is somebody else's. */
    fun saysAnotherName() = link("x509_san_dns:bank.example", "$header.$payload.$signature")

    private fun with(part: String, name: String, value: String): String {
        val members: Map<String, JsonElement> = Json(String(Base64.getUrlDecoder().decode(part))).element as JsonObject
        val changed = JsonObject(members + (name to JsonPrimitive(value))).toString()
        return Base64.getUrlEncoder().withoutPadding().encodeToString(changed.toByteArray())
    }

    private fun link(clientId: String, request: String) = "haip-vp://?client_id=${encoded(clientId)}&request=${encoded(request)}"

    private fun encoded(text: String) = URLEncoder.encode(text, "UTF-8")

    companion object {
        suspend fun of(verifier: Verifier, asked: Verifier.Asked) =
            Attacker(asked.clientId, verifier.requestObject(parameter(asked.uri, "request_uri")))

        private fun parameter(link: String, name: String): String = URI(link).rawQuery.split('&')
            .first { it.startsWith("$name=") }.substringAfter('=').let { URLDecoder.decode(it, "UTF-8") }
    }
}
