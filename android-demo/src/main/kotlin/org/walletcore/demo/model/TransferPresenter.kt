package org.walletcore.demo.model

import java.io.InputStream
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import org.walletcore.BackedUp
import org.walletcore.Code
import org.walletcore.Fault
import org.walletcore.MovedIn
import org.walletcore.MovedOut
import org.walletcore.WalletException
import org.walletcore.toSecret

/** Taking the wallet along: a backup of everything, and the list of what to ask for again in another wallet. */
class TransferPresenter(
    scope: CoroutineScope,
    private val session: Session,
    private val navigator: Navigator,
    private val newKey: NewKeyPresenter,
    private val phone: Phone,
    private val words: Words,
    private val made: () -> Unit,
    private val done: () -> Unit,
) {
    /** Why a passphrase for a file does not do. */
    enum class Refused { TOO_SHORT, DIFFERENT }

    sealed class State {
        object Nothing : State()
        class Refused(val why: TransferPresenter.Refused) : State()
        class SavedBackup(val what: BackedUp) : State()
        class SavedList(val what: MovedOut) : State()
        class TookOver(val what: MovedIn) : State()
    }

    private val now = MutableStateFlow<State>(State.Nothing)
    val state: StateFlow<State> get() = now

    private val refused = MutableStateFlow<PinRefused?>(null)
    val pinRefused: StateFlow<PinRefused?> get() = refused

    val task = Task(scope)

    fun open(screen: Screen) {
        task.clear()
        now.value = State.Nothing
        refused.value = null
        navigator.push(screen)
    }

    /** Everything, encrypted under `passphrase`. */
    fun backUp(name: String, passphrase: CharSequence, again: CharSequence) = save(passphrase, again) { secret ->
        phone.files.save(name, ANY) { now.value = State.SavedBackup(session.wallet.exportBackupTo(secret, StreamSink(it))) }
    }

    /** What to ask for again elsewhere, and the history; no key and no claim. */
    fun moveOut(name: String, passphrase: CharSequence, again: CharSequence) = save(passphrase, again) { secret ->
        val out = session.wallet.exportMigration(secret)
        if (phone.files.save(name, ANY) { it.write(out.`object`.toByteArray()) }) now.value = State.SavedList(out)
    }

    private fun save(passphrase: CharSequence, again: CharSequence, how: suspend (ByteArray) -> Unit) {
        val why = when {
            passphrase.length < LEAST_CHARACTERS -> Refused.TOO_SHORT
            !passphrase.contentEquals(again) -> Refused.DIFFERENT
            else -> null
        }
        now.value = why?.let { State.Refused(it) } ?: State.Nothing
        if (why == null) withSecret(passphrase, how)
    }

    /** Takes over the list of another wallet. */
    fun moveIn(passphrase: CharSequence) = withSecret(passphrase) { secret ->
        val file = phone.files.open { it.upTo(LARGEST_LIST) } ?: return@withSecret
        now.value = State.TookOver(session.wallet.importMigration(file, secret))
    }

    /** Makes the wallet of this phone from a backup. */
    fun restore(passphrase: CharSequence, pin: CharSequence, again: CharSequence) {
        refused.value = PinRefused.of(pin, again)
        if (refused.value != null) return
        withSecret(passphrase) { secret ->
            val key = phone.files.open { session.restore(StreamSource(it), secret, pin, words.setPin) } ?: return@withSecret
            newKey.show(key, done)
            made()
        }
    }

    /** The secret is wiped whatever comes of it, also when no file is chosen. */
    private fun withSecret(passphrase: CharSequence, use: suspend (ByteArray) -> Unit) {
        task.run {
            val secret = passphrase.toSecret()
            try {
                use(secret)
            } finally {
                secret.fill(0)
            }
        }
    }

    private fun InputStream.upTo(most: Int): ByteArray {
        val bytes = ByteArray(most + 1)
        var count = 0
        while (count < bytes.size) {
            val more = read(bytes, count, bytes.size - count)
            if (more < 0) return bytes.copyOf(count)
            count += more
        }
        throw WalletException.Refused(Fault(Code.BACKUP_TOO_LARGE, null, null, null, null))
    }

    companion object {
        const val LEAST_CHARACTERS = 8

        /** Of no type that another app would open. */
        private const val ANY = "application/octet-stream"
        private const val LARGEST_LIST = 4 shl 20
    }
}
