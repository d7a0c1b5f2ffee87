package org.walletcore.testing.http

import java.io.File
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.walletcore.testing.Json
import org.walletcore.testing.Server
import org.walletcore.testing.temporaryFolder

/** The servers that every implementation of the HTTP port is tried against; they belong to pilot. */
class HttpPortServers : AutoCloseable {
    private val rootFile = File(temporaryFolder(), "root.pem")
    private val server = Server.startReading("examples/http_port_servers", rootFile.path)
    private val places = Json(server.line())

    /** The authority of the good server, as PEM. */
    val root: String = rootFile.readText()

    fun good(path: String) = place("good") + path
    fun byAddress(path: String) = place("by_address") + path
    fun plain(path: String) = place("plain") + path
    val notTls get() = place("not_tls")
    val silent get() = place("silent")
    val closed get() = place("closed")

    /** What is wrong with each, and its address. */
    val bad: Map<String, String>
        get() = (places["bad"].element as JsonObject).mapValues { it.value.jsonPrimitive.content }

    /** How many requests a path got, on all servers. */
    fun hits(path: String): Int {
        server.say(path)
        return server.line().toInt()
    }

    override fun close() = server.close()

    private fun place(name: String) = checkNotNull(places[name].text)
}
