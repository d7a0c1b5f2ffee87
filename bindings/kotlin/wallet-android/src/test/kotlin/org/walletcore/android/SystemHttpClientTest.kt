package org.walletcore.android

import com.android.okhttp.HttpsHandler
import com.android.okhttp.internal.tls.OkHostnameVerifier
import java.net.URL
import javax.net.ssl.HttpsURLConnection
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import org.walletcore.SystemHttpClient
import org.walletcore.testing.http.HttpCases
import org.walletcore.testing.http.HttpPortServers
import org.walletcore.testing.tlsTrusting

/**
 * On the HTTP stack of the phone, which lies in the framework's jar; TLS is the JVM's. The stack of 28 calls hidden methods
 * of Android's own sockets, which the JVM lacks.
 */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [35])
class SystemHttpClientTest {
    @Test fun `HTTP on a phone keeps the rules`() = HttpPortServers().use { servers ->
        val tls = tlsTrusting(servers.root)
        val client = SystemHttpClient { url ->
            val connection = URL(null, url.toString(), HttpsHandler()).openConnection()
            (connection as? HttpsURLConnection)?.apply {
                sslSocketFactory = tls
                hostnameVerifier = OkHostnameVerifier.INSTANCE
            }
            connection
        }
        HttpCases(client, servers).all()
    }
}
