package org.walletcore.demo

import java.io.DataInputStream
import java.io.File
import java.io.InputStream
import java.net.InetAddress
import java.net.Socket
import java.net.URL
import java.security.KeyStore
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit
import javax.net.ssl.HttpsURLConnection
import javax.net.ssl.KeyManagerFactory
import javax.net.ssl.SSLContext
import javax.net.ssl.SSLSocketFactory
import kotlin.concurrent.thread
import org.walletcore.testing.temporaryFolder
import org.walletcore.testing.tlsTrusting

/**
 * Stands before a server and spoils its answers, as a network does. It has a certificate of its own.
 *
 * @param behind trusts the server
 */
class Relay(private val how: Spoil, private val behind: SSLSocketFactory) : AutoCloseable {
    enum class Spoil {
        /** Half an answer, and the connection ends. The server gets nothing. */
        HANG_UP,

        /** The server gets it; half of an answer, and the connection ends. */
        HANG_UP_AFTERWARDS,

        /** The server gets it, and no answer ever comes. */
        NO_ANSWER,
    }

    private val listening = context().serverSocketFactory.createServerSocket(0, 10, InetAddress.getByName("localhost"))
    private val called = CountDownLatch(1)
    @Volatile private var server: URL? = null

    /** Trusts this relay. */
    val tls: SSLSocketFactory = tlsTrusting(certificate)

    init {
        thread(isDaemon = true) {
            while (!listening.isClosed) runCatching { listening.accept() }.onSuccess { thread(isDaemon = true) { answer(it) } }
        }
    }

    /** Where a call to `url` has to go. */
    fun before(url: URL): URL {
        server = url
        return URL(url.protocol, url.host, listening.localPort, url.file)
    }

    /** Waits until a call is there. */
    fun called() = check(called.await(30, TimeUnit.SECONDS)) { "nobody called" }

    override fun close() = listening.close()

    private fun answer(socket: Socket) = socket.use {
        val input = socket.getInputStream()
        val head = head(input)
        val length = Regex("(?i)content-length: *(\\d+)").find(head)?.groupValues?.get(1)?.toInt() ?: 0
        val body = ByteArray(length).also { DataInputStream(input).readFully(it) }
        if (how != Spoil.HANG_UP) passOn(head, body)
        called.countDown()
        if (how == Spoil.NO_ANSWER) input.read()
        else socket.getOutputStream().run {
            write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"half\":".toByteArray())
            flush()
        }
    }

    private fun passOn(head: String, body: ByteArray) {
        val call = checkNotNull(server).openConnection() as HttpsURLConnection
        call.sslSocketFactory = behind
        call.requestMethod = head.substringBefore(' ')
        Regex("(?im)^content-type: *(.*?)\r?$").find(head)?.let { call.setRequestProperty("Content-Type", it.groupValues[1]) }
        call.doOutput = body.isNotEmpty()
        if (body.isNotEmpty()) call.outputStream.use { it.write(body) }
        call.responseCode
    }

    private fun head(input: InputStream): String {
        val read = StringBuilder()
        while (!read.endsWith("\r\n\r\n")) read.append(input.read().also { check(it >= 0) }.toChar())
        return read.toString()
    }

    private companion object {
        const val PASSWORD = "relays"

        /** Made by the JDK's own tool, once for all relays of this process. */
        val store: KeyStore by lazy {
            val file = File(temporaryFolder(), "relay.p12")
            val made = ProcessBuilder(
                File(System.getProperty("java.home"), "bin/keytool").path, "-genkeypair", "-keystore", file.path, "-storetype", "PKCS12",
                "-storepass", PASSWORD, "-alias", "relay", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=localhost",
                "-ext", "san=dns:localhost", "-ext", "bc=ca:true",
            ).redirectErrorStream(true).start()
            val said = made.inputStream.bufferedReader().readText()
            check(made.waitFor() == 0) { said }
            KeyStore.getInstance("PKCS12").apply { file.inputStream().use { load(it, PASSWORD.toCharArray()) } }
        }

        val certificate: String by lazy {
            val bytes = java.util.Base64.getMimeEncoder().encodeToString(store.getCertificate("relay").encoded)
            "-----BEGIN CERTIFICATE-----\n$bytes\n-----END CERTIFICATE-----\n"
        }

        fun context(): SSLContext {
            val keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm()).apply { init(store, PASSWORD.toCharArray()) }
            return SSLContext.getInstance("TLS").apply { init(keys.keyManagers, null, null) }
        }
    }
}
