package org.walletcore.testing.http

import java.util.concurrent.TimeUnit
import kotlinx.coroutines.async
import kotlinx.coroutines.delay
import kotlinx.coroutines.runBlocking
import org.walletcore.HttpClient
import org.walletcore.HttpHeader
import org.walletcore.HttpMethod
import org.walletcore.HttpRequest
import org.walletcore.HttpResponse
import org.walletcore.PortException

/**
 * What every implementation of the HTTP port must do: the cases of `pilot/tests/http_port`, against the same servers.
 *
 * @param losesBody what a platform's stack takes from an answer, and nobody can give back: the body of this status to a
 *   message that is sent once
 */
class HttpCases(
    private val client: HttpClient,
    private val servers: HttpPortServers,
    private val losesBody: Int? = null,
) {
    fun all() {
        requestsArriveAsTheyWereGiven()
        nothingNamesTheLibrary()
        anyStatusIsAnAnswer()
        redirectsAreReturned()
        nothingIsRemembered()
        sizesAreBounded()
        compressionDoesNotGetAroundTheBound()
        brokenAnswersAreErrors()
        aPostIsSentOnce()
        timeIsBounded()
        slowCallsDoNotHoldUpOthers()
        onlyValidCertificatesAreAccepted()
        whatCannotBeReachedIsTold()
    }

    private fun same(what: String, expected: Any?, actual: Any?) =
        if (expected == actual) Unit else throw AssertionError("$what: $actual, not $expected")

    private fun holds(what: String, holds: Boolean) = if (holds) Unit else throw AssertionError(what)

    private fun get(url: String, maxBytes: ULong = MEBIBYTE, timeoutMs: UInt = 10_000u) =
        HttpRequest(HttpMethod.GET, url, emptyList(), ByteArray(0), maxBytes, timeoutMs)

    private fun post(url: String, body: ByteArray, vararg headers: HttpHeader) =
        HttpRequest(HttpMethod.POST, url, headers.toList(), body, MEBIBYTE, 10_000u)

    private fun answer(request: HttpRequest): HttpResponse = runBlocking {
        try {
            client.send(request)
        } catch (error: PortException) {
            throw AssertionError(request.url, error)
        }
    }

    private fun error(request: HttpRequest): Class<out PortException> = runBlocking {
        try {
            client.send(request)
        } catch (error: PortException) {
            return@runBlocking error.javaClass
        }
        throw AssertionError("${request.url}: an answer")
    }

    private fun text(response: HttpResponse) = String(response.body, Charsets.ISO_8859_1)

    private fun header(response: HttpResponse, name: String) =
        response.headers.firstOrNull { it.name.equals(name, ignoreCase = true) }?.value

    /** The values of a header field in an echoed head. */
    private fun values(head: String, name: String) = head.lines()
        .filter { it.substringBefore(':', "").equals(name, ignoreCase = true) }
        .map { it.substringAfter(':').trim() }

    private fun requestsArriveAsTheyWereGiven() {
        val target = "/echo?a=b%20c+d&e=%7E~&f=%C3%A9&state=x/y?z:@"
        val headers = listOf(HttpHeader("Accept", "application/oauth-authz-req+jwt"), HttpHeader("X-Twice", "1"))
        val echo = text(answer(get(servers.good(target)).copy(headers = headers)))
        holds("the URL is used as it is: $echo", echo.startsWith("GET $target HTTP/1.1\r\n"))
        same("headers are sent as given", listOf("application/oauth-authz-req+jwt"), values(echo, "accept"))
        same("headers are sent as given", listOf("1"), values(echo, "x-twice"))

        val body = ByteArray(100_000) { it.toByte() }
        val form = HttpHeader("Content-Type", "application/x-www-form-urlencoded")
        val response = answer(post(servers.good("/echo"), body, form))
        holds("a post is a post", text(response).startsWith("POST /echo HTTP/1.1\r\n"))
        holds("byte for byte", body.contentEquals(response.body.copyOfRange(response.body.size - body.size, response.body.size)))
        val head = String(response.body, 0, response.body.size - body.size, Charsets.ISO_8859_1)
        same("the type is the given one", listOf("application/x-www-form-urlencoded"), values(head, "content-type"))

        val empty = answer(post(servers.good("/echo"), ByteArray(0)))
        holds("an empty body may be posted", text(empty).startsWith("POST "))
        same("names of headers have no case", empty.body.size.toString(), header(empty, "content-LENGTH"))
    }

    private fun nothingNamesTheLibrary() {
        for (request in listOf(get(servers.good("/echo")), post(servers.good("/echo"), "a=b".toByteArray()))) {
            val echo = text(answer(request)).lowercase()
            for (name in listOf("ureq", "rust", "okhttp", "java", "dalvik", "android", "cfnetwork", "darwin", "swift", "curl")) {
                holds("the request says $name: $echo", name !in echo)
            }
        }
    }

    private fun anyStatusIsAnAnswer() {
        for (status in listOf(200, 201, 202, 400, 401, 403, 404, 500, 503)) {
            for (request in listOf(get(servers.good("/status/$status")), post(servers.good("/status/$status"), "a".toByteArray()))) {
                val response = answer(request)
                val body = if (status == losesBody && request.method == HttpMethod.POST) "" else "told"
                same("an answer is told", status to body, response.status.toInt() to text(response))
            }
        }
        val none = answer(get(servers.good("/status/204")))
        same("no content", 204 to 0, none.status.toInt() to none.body.size)
    }

    private fun redirectsAreReturned() {
        for (status in listOf(301, 302, 303, 307, 308)) {
            val url = servers.good("/redirect/$status")
            for (request in listOf(get(url), post(url, "secret=1".toByteArray()))) {
                val response = answer(request)
                same("a redirect is an answer", status, response.status.toInt())
                same("where to is told", "/target", header(response, "location"))
            }
        }
        same("no redirect is followed", 0, servers.hits("/target"))
    }

    private fun nothingIsRemembered() {
        answer(get(servers.good("/cookie")))
        same("no cookie comes back", emptyList<String>(), values(text(answer(get(servers.good("/cookie")))), "cookie"))
        for (count in listOf("1", "2")) {
            same("no answer comes from a cache", count, text(answer(get(servers.good("/cacheable")))))
        }
    }

    private fun sizesAreBounded() {
        for (framing in listOf("length", "chunked", "until-close")) {
            val url = servers.good("/$framing/5000")
            same("$framing: as long as allowed", 5000, answer(get(url, 5000u)).body.size)
            same(framing, PortException.TooLarge::class.java, error(get(url, 4999u)))
            same(framing, PortException.TooLarge::class.java, error(get(url, 0u)))
        }
        same("nothing is allowed", 0, answer(get(servers.good("/length/0"), 0u)).body.size)
        error(get(servers.good("/large-head")))
    }

    private fun compressionDoesNotGetAroundTheBound() {
        same("the body is the plain one", "plain", text(answer(get(servers.good("/compressible")))))
        same("the bound is on the plain body", PortException.TooLarge::class.java, error(get(servers.good("/bomb"))))
        val unasked = runCatching { runBlocking { client.send(get(servers.good("/compressed-unasked"))) } }
        unasked.onSuccess { same("what nobody asked for", "plain", text(it)) }
    }

    private fun brokenAnswersAreErrors() {
        for (path in listOf("/short", "/garbage", "/hang-up")) {
            val got = error(get(servers.good(path)))
            same("$path: half an answer is none, and the call has left", PortException.Interrupted::class.java, got)
        }
    }

    /** A presentation that is sent again by itself would be shown twice. */
    private fun aPostIsSentOnce() {
        val before = servers.hits("/hang-up")
        same("half a call", PortException.Interrupted::class.java, error(post(servers.good("/hang-up"), "vp_token=1".toByteArray())))
        same("a message is sent once", before + 1, servers.hits("/hang-up"))
    }

    private fun timeIsBounded() {
        val paths = listOf("/stall", "/stall-in-body", "/trickle-head", "/trickle-body")
        for (url in paths.map(servers::good) + servers.silent) {
            val begun = System.nanoTime()
            same(url, PortException.TimedOut::class.java, error(get(url, timeoutMs = 400u)))
            val took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun)
            holds("$url: $took ms", took in 300..2999)
        }
    }

    private fun slowCallsDoNotHoldUpOthers() = runBlocking {
        val stalled = List(8) { async { runCatching { client.send(get(servers.good("/stall"), timeoutMs = 3000u)) } } }
        delay(100)
        val begun = System.nanoTime()
        client.send(get(servers.good("/echo")))
        holds("a stalled call held up another", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun) < 2500)
        stalled.forEach { it.cancel() }
    }

    private fun onlyValidCertificatesAreAccepted() {
        // The twin of all that follow.
        same("the good server answers", 200, answer(get(servers.good("/echo"))).status.toInt())
        same("the good server answers", 200, answer(get(servers.byAddress("/echo"))).status.toInt())
        val before = servers.hits("/echo")
        for ((name, url) in servers.bad) {
            same("a certificate that is $name", PortException.Tls::class.java, error(get(url)))
        }
        error(get(servers.notTls, timeoutMs = 400u))
        error(get(servers.plain("/echo")))
        same("nothing is sent to a server that is not authenticated", before, servers.hits("/echo"))
    }

    private fun whatCannotBeReachedIsTold() {
        same("nobody there", PortException.Unreachable::class.java, error(get(servers.closed)))
        same("nobody there", PortException.Unreachable::class.java, error(get("https://name.invalid/")))
        for (nonsense in listOf("", "https://", "nonsense", "ftp://localhost/")) error(get(nonsense))
    }

    private companion object {
        val MEBIBYTE: ULong = 1024uL * 1024uL
    }
}
