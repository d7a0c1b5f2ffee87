package org.walletcore.testing

import java.security.KeyStore
import java.security.cert.CertificateFactory
import java.util.Collections
import java.util.concurrent.atomic.AtomicInteger
import javax.net.ssl.HttpsURLConnection
import javax.net.ssl.SSLContext
import javax.net.ssl.SSLSocketFactory
import javax.net.ssl.TrustManagerFactory
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.awaitCancellation
import org.walletcore.HttpClient
import org.walletcore.HttpMethod
import org.walletcore.HttpRequest
import org.walletcore.HttpResponse
import org.walletcore.SystemHttpClient

/** TLS that trusts one authority and no other. */
fun tlsTrusting(pem: String): SSLSocketFactory {
    val store = KeyStore.getInstance(KeyStore.getDefaultType()).apply {
        load(null)
        setCertificateEntry("root", CertificateFactory.getInstance("X.509").generateCertificate(pem.byteInputStream()))
    }
    val managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm()).apply { init(store) }
    return SSLContext.getInstance("TLS").apply { init(null, managers.trustManagers, null) }.socketFactory
}

/** The system's client, which trusts one authority. */
fun httpTrusting(pem: String): SystemHttpClient {
    val tls = tlsTrusting(pem)
    return SystemHttpClient { url ->
        url.openConnection().also { (it as? HttpsURLConnection)?.sslSocketFactory = tls }
    }
}

/** A client with a count of its calls. */
class CountingHttpClient(private val system: HttpClient) : HttpClient {
    private val requests = Collections.synchronizedList(mutableListOf<HttpRequest>())

    val count: Int get() = requests.size

    /** How many messages were posted to addresses that hold this text. */
    fun posts(to: String): Int = calls(HttpMethod.POST, to)

    /** How many times addresses that hold this text were read. */
    fun reads(of: String): Int = calls(HttpMethod.GET, of)

    private fun calls(method: HttpMethod, to: String) =
        synchronized(requests) { requests.count { to in it.url && it.method == method } }

    override suspend fun send(request: HttpRequest): HttpResponse {
        requests += request
        return system.send(request)
    }
}

/** A client whose messages never get an answer. */
class HeldHttpClient(private val system: HttpClient) : HttpClient {
    private val held = AtomicInteger()
    private val cancelled = AtomicInteger()

    /** How many calls are held, or were. */
    val heldCalls: Int get() = held.get()

    /** How many of them were cancelled. */
    val cancelledCalls: Int get() = cancelled.get()

    override suspend fun send(request: HttpRequest): HttpResponse {
        if (request.method != HttpMethod.POST) return system.send(request)
        held.incrementAndGet()
        try {
            awaitCancellation()
        } catch (stopped: CancellationException) {
            cancelled.incrementAndGet()
            throw stopped
        }
    }
}
