package org.walletcore.demo.model

import java.io.File
import org.walletcore.BackupSource
import org.walletcore.Code
import org.walletcore.Development
import org.walletcore.Fault
import org.walletcore.GuardKind
import org.walletcore.NewUnlock
import org.walletcore.Ports
import org.walletcore.RecoveryKey
import org.walletcore.Settings
import org.walletcore.Unlock
import org.walletcore.Wallet
import org.walletcore.WalletException
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

    /**
     * The wallet, behind [open] or [create].
     *
     * @throws WalletException with `VAULT_CLOSED` before, and after [close]: whoever still follows the wallet then learns that it is over
     */
    val wallet: Wallet
        get() = opened ?: throw WalletException.Unlock(Fault(Code.VAULT_CLOSED, null, null, null, null))

    val isOpen: Boolean get() = opened != null

    /** Whether a wallet was found whose making was broken off; it is no more. */
    var brokenOff = false
        private set

    /** Opens the wallet that is there. `false` when there is none. */
    suspend fun open(): Boolean {
        if (opened == null && unfinished.exists()) {
            brokenOff = true
            discardUnfinished()
        }
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
        val key = RecoveryKey.random()
        making {
            val made = Wallet.create(settings(), key).also { opened = it }
            made.setGuard(Unlock.RecoveryKey(key.reveal()), NewUnlock.Pin(pin.toSecret()), prompt)
        }
        return key
    }

    /** Makes a new wallet from a backup. It has a PIN and a recovery key of its own; the passphrase was for the way only. */
    suspend fun restore(backup: BackupSource, passphrase: ByteArray, pin: CharSequence, prompt: String): RecoveryKey = making {
        val once = oncePassphrase()
        val (made, _) = Wallet.restore(settings(), once.copyOf(), backup, passphrase)
        opened = made
        made.setGuard(Unlock.Passphrase(once.copyOf()), NewUnlock.Pin(pin.toSecret()), prompt)
        val key = made.makeRecoveryKey(Unlock.Passphrase(once.copyOf()), prompt)
        made.removeGuard(Unlock.Passphrase(once), GuardKind.PASSPHRASE, prompt)
        key
    }.also { finish() } // It holds something, and the PIN opens it.

    /** What opens a restored wallet until it has its PIN and its recovery key; nobody ever sees it. */
    private fun oncePassphrase() = RecoveryKey.random().use { it.reveal() }

    /** Of a wallet that could not be made nothing is left. */
    private suspend fun <T> making(make: suspend () -> T): T {
        unfinished.createNewFile()
        val made = try {
            make()
        } catch (failure: WalletException) {
            close()
            discardUnfinished()
            throw failure
        }
        for (anchors in trusted.lists()) wallet.addTrustAnchors(anchors.list, anchors.pem, anchors.source)
        return made
    }

    /** Says that the citizen can open the wallet from now on; from now on it may hold something. */
    fun finish() {
        check(!unfinished.exists() || unfinished.delete()) { "the wallet cannot be finished" }
    }

    /** Deletes a wallet whose making was broken off. What opens a wallet says nothing of that: only the file does. */
    private fun discardUnfinished() {
        for (suffix in listOf("", "-wal", "-shm")) File(file.path + suffix).delete()
        unfinished.delete()
    }

    /**
     * Deletes the wallet and all keys of this app in the phone's secure hardware. It is marked first: an end in between
     * leaves nothing that opens, and the next start finishes it.
     */
    suspend fun erase() {
        unfinished.createNewFile()
        close()
        discardUnfinished()
        ports.secureArea?.let { area -> area.list("").forEach { area.delete(it) } }
    }

    /** How long the wallet stays open if nobody uses it; `null` when it is locked, or closed. */
    fun millisUntilLock(): Long? = opened?.lockAt()?.let { (it - ports.clock.now().sinceBootMs).toLong().coerceAtLeast(0) }

    /** Counts as a use of the wallet. */
    suspend fun stayUnlocked() {
        wallet.pending()
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
