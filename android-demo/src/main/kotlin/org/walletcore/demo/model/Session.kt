package org.walletcore.demo.model

import java.io.File
import org.walletcore.Development
import org.walletcore.NewUnlock
import org.walletcore.Ports
import org.walletcore.RecoveryKey
import org.walletcore.Settings
import org.walletcore.Unlock
import org.walletcore.Wallet
import org.walletcore.toSecret

/** The one wallet of this app: made at the first start, opened at every other. */
class Session(
    private val file: File,
    private val ports: Ports,
    private val preferences: Preferences,
    private val trusted: Trusted,
    private val development: Development = Development(),
) {
    private var opened: Wallet? = null
    private val unfinished = File(file.path + "-unfinished")

    /** The wallet. Only to be asked for behind [open] or [create]. */
    val wallet: Wallet get() = checkNotNull(opened) { "the wallet is not open" }

    val isOpen: Boolean get() = opened != null

    /** Whether a wallet was found whose making was broken off; it is no more. */
    var brokenOff = false
        private set

    /** Opens the wallet that is there. `false` when there is none. */
    suspend fun open(): Boolean {
        if (opened == null) discardUnfinished()
        if (opened == null && file.exists()) opened = Wallet.open(settings())
        return opened != null
    }

    /**
     * Makes a new wallet that opens by `pin` and by the recovery key that it gives.
     *
     * The recovery key comes first, since a PIN alone must never be the only way in. A file beside the wallet says that it
     * is being made, until [finish]: when the app ends before, nobody may have the key, and nothing is in the wallet.
     */
    suspend fun create(pin: CharSequence, prompt: String): RecoveryKey {
        unfinished.createNewFile()
        val key = RecoveryKey.random()
        val made = Wallet.create(settings(), key)
        opened = made
        made.setGuard(Unlock.RecoveryKey(key.reveal()), NewUnlock.Pin(pin.toSecret()), prompt)
        for (anchors in trusted.lists()) made.addTrustAnchors(anchors.list, anchors.pem, anchors.source)
        return key
    }

    /** Says that the citizen can open the wallet from now on; from now on it may hold something. */
    fun finish() {
        check(!unfinished.exists() || unfinished.delete()) { "the wallet cannot be finished" }
    }

    /** Deletes a wallet whose making was broken off. What opens a wallet says nothing of that: only the file does. */
    private fun discardUnfinished() {
        if (!unfinished.exists()) return
        brokenOff = true
        for (suffix in listOf("", "-wal", "-shm")) File(file.path + suffix).delete()
        unfinished.delete()
    }

    /** The phone's time, as the wallet sees it: seconds since 1970. */
    fun now(): Long = ports.clock.now().wallSeconds

    suspend fun close() {
        opened?.closeVault()
        opened?.close()
        opened = null
    }

    private fun settings() = Settings(
        file = file.path,
        ports = ports,
        idleLockMs = preferences.lockAfterMinutes.toULong() * 60_000u,
        development = development,
    )
}
