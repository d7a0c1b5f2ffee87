package org.walletcore.android.http

import java.io.BufferedReader
import java.io.File
import java.security.cert.CertificateFactory
import java.security.cert.X509Certificate
import java.util.Base64

/** The servers that every implementation of the HTTP port is tried against; they belong to pilot. */
class MisbehavingServers : AutoCloseable {
    private val process = ProcessBuilder(File(System.getProperty("pilot.folder"), "examples/misbehaving_servers").path)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start()
    private val lines: BufferedReader = process.inputStream.bufferedReader()
    private val told = generateSequence { lines.readLine() }.takeWhile { it != "ready" }.map { it.split(' ', limit = 2) }.toList()
    private val addresses = told.associate { it[0] to it[1] }

    /** The authority of the good server. */
    val root: X509Certificate = CertificateFactory.getInstance("X.509")
        .generateCertificate(Base64.getUrlDecoder().decode(addresses.getValue("root")).inputStream()) as X509Certificate

    fun good(path: String) = addresses.getValue("good") + path
    fun byAddress(path: String) = addresses.getValue("by-address") + path
    fun plain(path: String) = addresses.getValue("plain") + path
    val notTls get() = addresses.getValue("not-tls")
    val silent get() = addresses.getValue("silent")
    val closed get() = addresses.getValue("closed")

    /** What is wrong with each, and its address. */
    val bad get() = told.filter { it[0] == "bad" }.map { it[1].split(' ', limit = 2).let { (url, name) -> name to url } }

    /** How many requests a path got, on all servers. */
    fun hits(path: String): Int {
        process.outputStream.write("$path\n".toByteArray())
        process.outputStream.flush()
        return lines.readLine().toInt()
    }

    override fun close() {
        process.destroy()
    }
}
