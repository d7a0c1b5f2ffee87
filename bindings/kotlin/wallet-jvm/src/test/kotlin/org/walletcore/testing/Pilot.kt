package org.walletcore.testing

import java.io.File
import java.nio.file.Files
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import org.walletcore.HttpHeader
import org.walletcore.HttpMethod
import org.walletcore.HttpRequest
import org.walletcore.ListName

/** The rest of the world: pilot's issuers and verifiers on loopback, with one folder of test certificates. */
class Pilot private constructor(private val pki: File, private val verifiers: Map<Party, Verifier>) {
    enum class Party { EU, CA }

    fun verifier(side: Party) = verifiers.getValue(side)

    /** An issuer of its own with one offer of everything it has. */
    suspend fun issuer(side: Party, transactionCode: String? = null): Issuer {
        val server = Server.start(
            "pilot", "issuer", "--side", side.name.lowercase(), "--tx-code", transactionCode ?: "none",
            "--batch", "3", "--json", "--pki", pki.path,
        )
        return Issuer(checkNotNull(server.event("ready")["credential_offer"].text), server)
    }

    /** The certificates that a wallet trusts, by list. */
    val anchors: List<Pair<ListName, String>>
        get() = listOf(
            ListName.TLS to "tls-ca", ListName.EU_ISSUERS to "eu-issuer-ca",
            ListName.CA_ISSUERS to "ca-iaca", ListName.CA_ISSUERS to "ca-issuer-ca",
            ListName.EU_VERIFIERS to "eu-verifier-ca", ListName.CA_VERIFIERS to "ca-verifier-ca",
            ListName.EU_REGISTRARS to "eu-registrar-ca",
        ).map { (list, name) -> list to File(pki, "$name.pem").readText() }

    /** The authority of all servers here. */
    val tlsAuthority: String get() = File(pki, "tls-ca.pem").readText()

    companion object {
        private val starting = CoroutineScope(Dispatchers.IO).async(start = CoroutineStart.LAZY) { start() }

        /** The world of this process, started when it is first needed. */
        suspend fun world(): Pilot = starting.await()

        private suspend fun start(): Pilot {
            val pki = temporaryFolder()
            // One after another: the first makes the certificates.
            val verifiers = Party.values().associateWith { side ->
                val server = Server.start("pilot", "verifier", "--side", side.name.lowercase(), "--json", "--pki", pki.path)
                Verifier(checkNotNull(server.event("ready")["url"].text), pki)
            }
            return Pilot(pki, verifiers)
        }
    }
}

/** A new folder, deleted when this process ends. */
fun temporaryFolder(): File = Files.createTempDirectory("wallet").toFile().also { folder ->
    Runtime.getRuntime().addShutdownHook(Thread { folder.deleteRecursively() })
}

/** @property offer the link */
class Issuer(val offer: String, private val server: Server) {
    /** What the wallet told of one credential: `credential_accepted` or `credential_deleted`. */
    suspend fun notified(): String? = server.event("notified")["notification"].text

    /** Changes all that was taken from it by `revoke`, `suspend` or `reinstate`. Gives what its status list says of that now. */
    suspend fun says(word: String): String? {
        server.say(word)
        return server.event("status")["status"].text
    }
}

/** A verifier, by its JSON API. */
class Verifier(val url: String, pki: File) {
    private val client = httpTrusting(File(pki, "tls-ca.pem").readText())

    /** @property uri the link */
    class Asked(val uri: String, val clientId: String, internal val result: String)

    /**
     * Makes a request: one of pilot's own queries, by name, of a verifier with a registration that is `fitting`, `narrow`,
     * `expired` or `absent`. `sameDevice`: on a page of its own on the same phone, to which the citizen goes back.
     */
    suspend fun ask(
        query: String,
        responseMode: String = "direct_post.jwt",
        registration: String = "fitting",
        sameDevice: Boolean = false,
    ): Asked {
        val ways = """"response_mode":"$responseMode","registration":"$registration","same_device":$sameDevice"""
        val body = """{"query":"$query",$ways}""".toByteArray()
        val made = call(HttpMethod.POST, "$url/api/requests", body, HttpHeader("Content-Type", "application/json"))
        return Asked(checkNotNull(made["uri"].text), checkNotNull(made["client_id"].text), checkNotNull(made["result"].text))
    }

    /** What came of it, when something did: `verified`, `credentials`, `error`. */
    suspend fun verdict(asked: Asked): Json = call(HttpMethod.GET, asked.result + "?wait=20")["result"]

    /** How far it is: `waiting`, `fetched` or `done`. */
    suspend fun status(asked: Asked): String? = call(HttpMethod.GET, asked.result)["status"].text

    /** The request object behind a link, which the verifier gives away once. */
    suspend fun requestObject(requestUri: String): String = String(send(HttpMethod.GET, requestUri))

    private suspend fun call(method: HttpMethod, url: String, body: ByteArray = ByteArray(0), vararg headers: HttpHeader) =
        Json(String(send(method, url, body, *headers)))

    private suspend fun send(method: HttpMethod, url: String, body: ByteArray = ByteArray(0), vararg headers: HttpHeader) =
        client.send(HttpRequest(method, url, headers.toList(), body, 1uL shl 24, 30_000u)).body
}
