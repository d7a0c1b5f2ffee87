package org.walletcore.android.http

import java.util.concurrent.TimeUnit
import kotlinx.coroutines.async
import kotlinx.coroutines.delay
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.walletcore.HttpClient
import org.walletcore.HttpHeader
import org.walletcore.HttpMethod
import org.walletcore.HttpRequest
import org.walletcore.HttpResponse
import org.walletcore.PortException

/** What every implementation of the HTTP port must do: the cases of `pilot/tests/http_port`, against the same servers. */
class HttpCases(private val client: HttpClient, private val servers: MisbehavingServers) {
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
        assertTrue("the URL is used as it is: $echo", echo.startsWith("GET $target HTTP/1.1\r\n"))
        assertEquals("headers are sent as given", listOf("application/oauth-authz-req+jwt"), values(echo, "accept"))
        assertEquals(listOf("1"), values(echo, "x-twice"))

        val body = ByteArray(100_000) { it.toByte() }
        val form = HttpHeader("Content-Type", "application/x-www-form-urlencoded")
        val response = answer(post(servers.good("/echo"), body, form))
        assertTrue(text(response).startsWith("POST /echo HTTP/1.1\r\n"))
        assertArrayEquals("byte for byte", body, response.body.copyOfRange(response.body.size - body.size, response.body.size))
        val head = String(response.body, 0, response.body.size - body.size, Charsets.ISO_8859_1)
        assertEquals(listOf("application/x-www-form-urlencoded"), values(head, "content-type"))

        val empty = answer(post(servers.good("/echo"), ByteArray(0)))
        assertTrue("an empty body may be posted", text(empty).startsWith("POST "))
        assertEquals(empty.body.size.toString(), header(empty, "content-LENGTH"))
    }

    private fun nothingNamesTheLibrary() {
        for (request in listOf(get(servers.good("/echo")), post(servers.good("/echo"), "a=b".toByteArray()))) {
            val echo = text(answer(request)).lowercase()
            for (name in listOf("ureq", "rust", "okhttp", "java", "dalvik", "android", "cfnetwork", "darwin", "swift", "curl")) {
                assertFalse("the request says $name: $echo", name in echo)
            }
        }
    }

    private fun anyStatusIsAnAnswer() {
        for (status in listOf(200, 201, 202, 400, 401, 403, 404, 500, 503)) {
            for (request in listOf(get(servers.good("/status/$status")), post(servers.good("/status/$status"), "a".toByteArray()))) {
                val response = answer(request)
                assertEquals(status to "told", response.status.toInt() to text(response))
            }
        }
        val none = answer(get(servers.good("/status/204")))
        assertEquals(204 to 0, none.status.toInt() to none.body.size)
    }

    private fun redirectsAreReturned() {
        for (status in listOf(301, 302, 303, 307, 308)) {
            val url = servers.good("/redirect/$status")
            for (request in listOf(get(url), post(url, "secret=1".toByteArray()))) {
                val response = answer(request)
                assertEquals("a redirect is an answer", status, response.status.toInt())
                assertEquals("/target", header(response, "location"))
            }
        }
        assertEquals("no redirect is followed", 0, servers.hits("/target"))
    }

    private fun nothingIsRemembered() {
        answer(get(servers.good("/cookie")))
        assertEquals("no cookie comes back", emptyList<String>(), values(text(answer(get(servers.good("/cookie")))), "cookie"))
        for (count in listOf("1", "2")) {
            assertEquals("no answer comes from a cache", count, text(answer(get(servers.good("/cacheable")))))
        }
    }

    private fun sizesAreBounded() {
        for (framing in listOf("length", "chunked", "until-close")) {
            val url = servers.good("/$framing/5000")
            assertEquals("$framing: as long as allowed", 5000, answer(get(url, 5000u)).body.size)
            assertEquals(framing, PortException.TooLarge::class.java, error(get(url, 4999u)))
            assertEquals(framing, PortException.TooLarge::class.java, error(get(url, 0u)))
        }
        assertEquals(0, answer(get(servers.good("/length/0"), 0u)).body.size)
        error(get(servers.good("/large-head")))
    }

    private fun compressionDoesNotGetAroundTheBound() {
        assertEquals("the body is the plain one", "plain", text(answer(get(servers.good("/compressible")))))
        assertEquals("the bound is on the plain body", PortException.TooLarge::class.java, error(get(servers.good("/bomb"))))
        val unasked = runCatching { runBlocking { client.send(get(servers.good("/compressed-unasked"))) } }
        unasked.onSuccess { assertEquals("plain", text(it)) }
    }

    private fun brokenAnswersAreErrors() {
        for (path in listOf("/short", "/garbage", "/hang-up")) {
            val got = error(get(servers.good(path)))
            assertEquals("$path: half an answer is none, and the call has left", PortException.Interrupted::class.java, got)
        }
    }

    /** A presentation that is sent again by itself would be shown twice. */
    private fun aPostIsSentOnce() {
        val before = servers.hits("/hang-up")
        assertEquals(PortException.Interrupted::class.java, error(post(servers.good("/hang-up"), "vp_token=1".toByteArray())))
        assertEquals(before + 1, servers.hits("/hang-up"))
    }

    private fun timeIsBounded() {
        val paths = listOf("/stall", "/stall-in-body", "/trickle-head", "/trickle-body")
        for (url in paths.map(servers::good) + servers.silent) {
            val begun = System.nanoTime()
            assertEquals(url, PortException.TimedOut::class.java, error(get(url, timeoutMs = 400u)))
            val took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun)
            assertTrue("$url: $took ms", took in 300..2999)
        }
    }

    private fun slowCallsDoNotHoldUpOthers() = runBlocking {
        val stalled = List(8) { async { runCatching { client.send(get(servers.good("/stall"), timeoutMs = 3000u)) } } }
        delay(100)
        val begun = System.nanoTime()
        client.send(get(servers.good("/echo")))
        assertTrue("a stalled call held up another", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun) < 2500)
        stalled.forEach { it.cancel() }
    }

    private fun onlyValidCertificatesAreAccepted() {
        // The twin of all that follow.
        assertEquals(200, answer(get(servers.good("/echo"))).status.toInt())
        assertEquals(200, answer(get(servers.byAddress("/echo"))).status.toInt())
        val before = servers.hits("/echo")
        for ((name, url) in servers.bad) {
            assertEquals("a certificate that is $name", PortException.Tls::class.java, error(get(url)))
        }
        error(get(servers.notTls, timeoutMs = 400u))
        error(get(servers.plain("/echo")))
        assertEquals("nothing is sent to a server that is not authenticated", before, servers.hits("/echo"))
    }

    private fun whatCannotBeReachedIsTold() {
        assertEquals(PortException.Unreachable::class.java, error(get(servers.closed)))
        assertEquals(PortException.Unreachable::class.java, error(get("https://name.invalid/")))
        for (nonsense in listOf("", "https://", "nonsense", "ftp://localhost/")) error(get(nonsense))
    }

    private companion object {
        val MEBIBYTE: ULong = 1024uL * 1024uL
    }
}
