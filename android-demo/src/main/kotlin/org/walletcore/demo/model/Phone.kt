package org.walletcore.demo.model

import java.io.InputStream
import java.io.OutputStream

/** What the presenters need of the phone besides the core's own ports. */
class Phone(val files: Files, val printer: Printer, val camera: Camera, val browser: Browser, private val biometrics: () -> Boolean) {
    /** Whether a fingerprint or face is enrolled that is good enough to guard the wallet. */
    val hasBiometrics: Boolean get() = biometrics()
}

/** Files outside the app, at places that the citizen chooses in the phone's own dialog. */
interface Files {
    /**
     * Lets the citizen choose where a new file goes, and has it written. `false` when they chose nothing.
     *
     * @throws org.walletcore.WalletException it could not be written
     */
    suspend fun save(name: String, type: String, write: suspend (OutputStream) -> Unit): Boolean

    /**
     * Lets the citizen choose a file, and has it read. `null` when they chose nothing.
     *
     * @throws org.walletcore.WalletException it could not be read
     */
    suspend fun <T> open(read: suspend (InputStream) -> T): T?
}

/** A page for a printer or a file: a title, what to know, and what it is all about. */
class Sheet(val title: String, val about: String, val lines: List<String>) {
    fun asText(): String = (listOf(title, "", about, "") + lines).joinToString("\r\n", postfix = "\r\n")
}

fun interface Printer {
    fun print(sheet: Sheet)
}

/** Whatever on the phone opens an address: a browser, or the app that it belongs to. */
fun interface Browser {
    fun open(address: String)
}
