package org.walletcore

import java.io.ByteArrayOutputStream
import java.io.InputStream
import java.net.URL
import java.net.URLConnection
import javax.net.ssl.HttpsURLConnection

/** One call on one connection. [run] blocks. */
internal class HttpCall(private val open: (URL) -> URLConnection, private val request: HttpRequest) {
    @Volatile private var connection: HttpsURLConnection? = null
    @Volatile private var abandoned = false

    /** Makes the call. */
    fun run(): HttpResponse {
        // Anything but https is refused before a connection is made.
        val connection = open(URL(request.url)) as? HttpsURLConnection ?: throw PortException.Tls()
        this.connection = connection
        try {
            prepare(connection)
            if (abandoned) throw PortException.TimedOut()
            if (request.method == HttpMethod.POST) connection.outputStream.use { it.write(request.body) }
            return answer(connection)
        } finally {
            connection.disconnect()
        }
    }

    /** Ends the call from another thread. */
    fun abandon() {
        abandoned = true
        connection?.disconnect()
    }

    private fun prepare(connection: HttpsURLConnection) {
        val timeout = request.timeoutMs.toLong().coerceAtMost(Int.MAX_VALUE.toLong()).toInt()
        connection.connectTimeout = timeout
        connection.readTimeout = timeout
        connection.instanceFollowRedirects = false
        connection.useCaches = false
        // Where they are not set, the platform sets words of its own.
        connection.setRequestProperty("User-Agent", "")
        connection.setRequestProperty("Accept", "*/*")
        connection.setRequestProperty("Accept-Encoding", "identity")
        connection.setRequestProperty("Connection", "close")
        for (header in request.headers) connection.setRequestProperty(header.name, header.value)
        when (request.method) {
            HttpMethod.GET -> connection.requestMethod = "GET"
            HttpMethod.POST -> {
                connection.requestMethod = "POST"
                connection.doOutput = true
                // A body that is not kept cannot be sent a second time, as the platform would by itself.
                connection.setFixedLengthStreamingMode(request.body.size)
            }
        }
    }

    private fun answer(connection: HttpsURLConnection): HttpResponse {
        val status = connection.responseCode
        // No status is no HTTP.
        if (status !in STATUSES) throw PortException.Interrupted()
        val headers = headers(connection)
        if (headers.sumOf { it.name.length + it.value.length } > MAX_HEAD_CHARS) throw PortException.TooLarge()
        val encoding = connection.getHeaderField("Content-Encoding")
        if (encoding != null && !encoding.equals("identity", ignoreCase = true)) {
            throw PortException.Unexpected("ContentEncoding")
        }
        val body = if (status >= FIRST_ERROR) connection.errorStream else connection.inputStream
        val bytes = body?.use(::bounded) ?: return HttpResponse(status.toUShort(), headers, ByteArray(0))
        // Android's stack notices by itself, a desktop's does not.
        if (bytes.size < connection.contentLengthLong) throw PortException.Interrupted()
        return HttpResponse(status.toUShort(), headers, bytes)
    }

    private fun headers(connection: HttpsURLConnection): List<HttpHeader> =
        connection.headerFields.orEmpty().flatMap { (name, values) ->
            // The status line comes under no name.
            if (name == null) emptyList() else values.map { HttpHeader(name, it) }
        }

    /** One byte more than allowed tells a body that ends there from one that goes on. */
    private fun bounded(body: InputStream): ByteArray {
        val out = ByteArrayOutputStream()
        val chunk = ByteArray(CHUNK_BYTES)
        var left = request.maxBytes.coerceAtMost(Long.MAX_VALUE.toULong() - 1u).toLong() + 1
        while (left > 0) {
            val count = body.read(chunk, 0, minOf(left, chunk.size.toLong()).toInt())
            if (count < 0) break
            out.write(chunk, 0, count)
            left -= count
        }
        if (left == 0L) throw PortException.TooLarge()
        return out.toByteArray()
    }

    private companion object {
        val STATUSES = 100..599
        const val FIRST_ERROR = 400
        const val MAX_HEAD_CHARS = 256 * 1024
        const val CHUNK_BYTES = 16 * 1024
    }
}
