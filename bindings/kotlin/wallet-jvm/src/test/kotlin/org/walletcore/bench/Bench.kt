package org.walletcore.bench

import java.io.File
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.jsonPrimitive
import org.walletcore.Clock
import org.walletcore.Development
import org.walletcore.HttpClient
import org.walletcore.HttpHeader
import org.walletcore.HttpMethod
import org.walletcore.HttpRequest
import org.walletcore.HttpResponse
import org.walletcore.Moment
import org.walletcore.PortException
import org.walletcore.Ports
import org.walletcore.Settings
import org.walletcore.Unlock
import org.walletcore.Wallet
import org.walletcore.testing.Json
import org.walletcore.testing.TestWallet

/**
 * Answers all requests that `pilot/examples/crossing` recorded in a folder, and prints what each took: a JSON list of
 * microseconds. It is what `crossing present FOLDER` does, in Kotlin; `bindings/kotlin/bench` compares the two.
 */
fun main(arguments: Array<String>) = runBlocking {
    val folder = File(arguments.single())
    val recording = Json(File(folder, "recording.json").readText())
    // A copy: every measuring begins with the same wallet.
    val file = File(folder, "vault.db").copyTo(File(folder, "vault-kotlin.db"))
    val ports = Ports(RecordedServer(recording["answers"]), secureArea = null, rollbackAnchor = null, ProcessClock(), events = null)
    val took = Wallet.open(Settings(file.path, ports, idleLockMs = null, Development())).use { wallet ->
        wallet.unlock(Unlock.Passphrase(checkNotNull(recording["passphrase"].text).toByteArray()), "")
        (recording["links"].element as JsonArray).map { link ->
            val begun = System.nanoTime()
            TestWallet.request(wallet, link.jsonPrimitive.content).use { request ->
                check(request.send(TestWallet.leastConsent(request), "").httpStatus.toInt() == 200)
            }
            JsonPrimitive((System.nanoTime() - begun) / 1000)
        }
    }
    println(JsonArray(took))
}

/** Answers at once: GET with what was recorded, POST with 200. */
private class RecordedServer(private val answers: Json) : HttpClient {
    override suspend fun send(request: HttpRequest): HttpResponse {
        if (request.method == HttpMethod.POST) {
            return HttpResponse(200u, listOf(HttpHeader("Content-Type", "application/json")), "{}".toByteArray())
        }
        val answer = answers[request.url]
        val body = answer["body"].text ?: throw PortException.Unreachable()
        val headers = (answer["headers"].element as JsonObject).map { (name, value) -> HttpHeader(name, value.jsonPrimitive.content) }
        return HttpResponse(200u, headers, body.toByteArray())
    }
}

/** Wall time, and the time since this process began: as quick as Rust's in the same bench. */
private class ProcessClock : Clock {
    private val begun = System.nanoTime()

    override fun now() = Moment(
        System.currentTimeMillis() / 1000, ((System.nanoTime() - begun) / 1_000_000).toULong(), "process-${ProcessHandle.current().pid()}",
    )
}
