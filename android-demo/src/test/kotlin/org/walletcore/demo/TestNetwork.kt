package org.walletcore.demo

import java.net.ServerSocket
import java.net.URL
import java.net.URLConnection
import javax.net.ssl.HttpsURLConnection
import org.walletcore.HttpClient
import org.walletcore.SystemHttpClient
import org.walletcore.testing.tlsTrusting

/**
 * The client that the app ships, on a network that a test can break: connections that fail do so in sockets and TLS.
 *
 * The test's authority goes in by the client's constructor, which the app itself never calls with anything.
 */
class TestNetwork(authority: String) {
    private val tls = tlsTrusting(authority)
    private val closedPort = ServerSocket(0).use { it.localPort }
    @Volatile private var spoiled: Pair<String, Relay>? = null

    /** Whether anybody answers at all. */
    @Volatile var online = true

    val client: HttpClient = SystemHttpClient { open(it) }

    /** From now on calls to paths with this in it go through a relay that spoils them. */
    fun spoil(path: String, how: Relay.Spoil): Relay = Relay(how, tls).also { spoiled = path to it }

    /** From now on everything passes. */
    fun behave() {
        spoiled?.second?.close()
        spoiled = null
    }

    private fun open(url: URL): URLConnection {
        val (path, relay) = spoiled ?: (null to null)
        return when {
            !online -> connection(URL(url.protocol, url.host, closedPort, url.file), tls)
            relay != null && path!! in url.path -> connection(relay.before(url), relay.tls)
            else -> connection(url, tls)
        }
    }

    private fun connection(url: URL, tls: javax.net.ssl.SSLSocketFactory) =
        (url.openConnection() as HttpsURLConnection).apply { sslSocketFactory = tls }
}
