package org.walletcore.demo.death

import java.io.File
import java.util.concurrent.Executors
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.runBlocking
import org.walletcore.ListName
import org.walletcore.Ports
import org.walletcore.Source
import org.walletcore.demo.NoWords
import org.walletcore.demo.PlainPreferences
import org.walletcore.demo.TestNetwork
import org.walletcore.demo.barePhone
import org.walletcore.demo.model.Model
import org.walletcore.demo.model.Screen
import org.walletcore.demo.model.Session
import org.walletcore.demo.model.Trusted
import org.walletcore.demo.model.Underway
import org.walletcore.testing.CountingHttpClient
import org.walletcore.testing.TestClock

/**
 * The app from its start to its end, without pictures, out of a folder: the vault, the phone's keys, and whom it trusts.
 *
 * What is in the folder is all that one life leaves to the next, beside the word that the system keeps.
 */
class Life(private val folder: File) {
    private val main = Executors.newSingleThreadExecutor { Thread(it).apply { isDaemon = true } }.asCoroutineDispatcher()
    val network = TestNetwork(File(folder, "trust/${ListName.TLS}.0").readText())
    val calls = CountingHttpClient(network.client)

    private val preferences = PlainPreferences()
    private val trusted = Trusted {
        File(folder, "trust").listFiles().orEmpty().map { Trusted.Anchors(ListName.valueOf(it.name.substringBefore('.')), it.readText(), "pilot") }
    }
    private val ports = Ports(calls, LastingSecureArea(File(folder, "keys")), null, TestClock(), null)
    val session = Session(vault(folder), ports, preferences, trusted)
    val model = Model(CoroutineScope(SupervisorJob() + main), session, preferences, NoWords, barePhone())

    /** Does something on the thread that the app's screens are on. */
    fun does(what: Model.() -> Unit) = runBlocking(main) { model.what() }

    fun waits(what: String, until: Model.() -> Boolean) {
        repeat(6000) {
            if (runBlocking(main) { model.until() }) return
            Thread.sleep(10)
        }
        throw AssertionError("waited for $what on ${model.navigator.current}")
    }

    fun starts(before: Underway?) {
        does { start(before) }
        waits("the first screen") { navigator.current == Screen.Begin || navigator.current == Screen.Unlock }
    }

    fun unlocks() {
        does { unlock.byPin(PIN) }
        waits("the wallet to open") { navigator.current != Screen.Unlock && !unlock.task.state.value.busy }
    }

    fun makesPin() {
        starts(null)
        does { begin.choosePin(PIN, PIN) }
        waits("the recovery key") { navigator.current == Screen.ShowRecoveryKey && !begin.task.state.value.busy }
    }

    fun begins() {
        makesPin()
        does {
            newKey.writtenDown()
            newKey.confirm(newKey.asked.map { newKey.groups[it] })
        }
        waits("the documents") { navigator.current == Screen.Documents }
    }

    fun follows(link: String) = does { arrived(link, Source.LINK) }

    companion object {
        const val PIN = "481516"

        fun vault(folder: File) = File(folder, "vault.db")
    }
}
