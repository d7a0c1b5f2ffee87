package org.walletcore.android.http

import com.android.okhttp.HttpsHandler
import com.android.okhttp.internal.tls.OkHostnameVerifier
import java.net.CookieHandler
import java.net.CookieManager
import java.net.URL
import java.security.KeyStore
import javax.net.ssl.HttpsURLConnection
import javax.net.ssl.SSLContext
import javax.net.ssl.SSLSocketFactory
import javax.net.ssl.TrustManagerFactory
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertThrows
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.walletcore.HttpMethod
import org.walletcore.HttpRequest
import org.walletcore.PortException
import org.walletcore.android.AndroidHttpClient

/** On the HTTP stack of the phone, which lies in the framework's jar; TLS is the JVM's. */
@RunWith(RobolectricTestRunner::class)
class AndroidHttpClientTest {
    @Test fun conforms() = MisbehavingServers().use { servers ->
        val trust = trusting(servers)
        val client = AndroidHttpClient { url ->
            val connection = URL(null, url.toString(), HttpsHandler()).openConnection()
            (connection as? HttpsURLConnection)?.apply {
                sslSocketFactory = trust
                hostnameVerifier = OkHostnameVerifier.INSTANCE
            }
            connection
        }
        HttpCases(client, servers).all()
    }

    @Test fun `cookies of the app do not travel`() {
        CookieHandler.setDefault(CookieManager())
        try {
            val call = HttpRequest(HttpMethod.GET, "https://localhost:1/", emptyList(), ByteArray(0), 0u, 100u)
            val failure = assertThrows(PortException.Unexpected::class.java) { runBlocking { AndroidHttpClient().send(call) } }
            assertEquals("java.net.CookieHandler", failure.`class`)
        } finally {
            CookieHandler.setDefault(null)
        }
    }

    private fun trusting(servers: MisbehavingServers): SSLSocketFactory {
        val store = KeyStore.getInstance(KeyStore.getDefaultType()).apply {
            load(null)
            setCertificateEntry("root", servers.root)
        }
        val managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm()).apply { init(store) }
        return SSLContext.getInstance("TLS").apply { init(null, managers.trustManagers, null) }.socketFactory
    }
}
