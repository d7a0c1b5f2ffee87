package org.walletcore.demo.model

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import org.walletcore.Checkup
import org.walletcore.NewUnlock
import org.walletcore.Unlock
import org.walletcore.toSecret

/** The ways back into a wallet, and the last way: to begin anew without what was in it. */
class RecoveryPresenter(
    scope: CoroutineScope,
    private val session: Session,
    private val navigator: Navigator,
    private val newKey: NewKeyPresenter,
    private val words: Words,
    private val opened: suspend () -> Unit,
) {
    val task = Task(scope)

    private val mistyped = MutableStateFlow<List<TypedKey.Slip>>(emptyList())

    /** What is certainly wrong with the recovery key that was typed. */
    val slips: StateFlow<List<TypedKey.Slip>> get() = mistyped

    private val refused = MutableStateFlow<PinRefused?>(null)
    val pinRefused: StateFlow<PinRefused?> get() = refused

    private val found = MutableStateFlow<Checkup?>(null)

    /** What a look at the whole wallet found; `null` until it was made. */
    val checkup: StateFlow<Checkup?> get() = found

    /** The recovery key between opening the wallet with it and the new PIN. */
    private var key: ByteArray? = null

    /** Begins to ask for the recovery key. */
    fun ask() {
        task.clear()
        mistyped.value = emptyList()
        navigator.push(Screen.UnlockByRecoveryKey)
    }

    fun unlock(typed: CharSequence) = byKey(typed) { opened() }

    /** For whoever forgot the PIN: the same key also says yes to a new one. */
    fun unlockForNewPin(typed: CharSequence) = byKey(typed) {
        key = it.toSecret()
        refused.value = null
        navigator.start(Screen.NewPin)
    }

    private fun byKey(typed: CharSequence, then: suspend (TypedKey) -> Unit) {
        val typedKey = TypedKey(typed)
        mistyped.value = typedKey.slips
        if (mistyped.value.isNotEmpty()) return task.clear()
        task.run {
            session.wallet.unlock(Unlock.RecoveryKey(typedKey.toSecret()), words.unlock)
            then(typedKey)
        }
    }

    fun newPin(pin: CharSequence, again: CharSequence) {
        refused.value = PinRefused.of(pin, again)
        val key = key ?: return
        if (refused.value != null) return
        task.run {
            session.wallet.setGuard(Unlock.RecoveryKey(key.copyOf()), NewUnlock.Pin(pin.toSecret()), words.setPin)
            forget()
            opened()
        }
    }

    /** Forgets a recovery key that was typed. */
    fun forget() {
        key?.fill(0)
        key = null
    }

    /** Makes a new recovery key; the old one opens nothing any more. */
    fun replace(pin: CharSequence) {
        task.run {
            newKey.show(session.wallet.makeRecoveryKey(Unlock.Pin(pin.toSecret()), words.unlock)) {
                navigator.start(Screen.Documents, Screen.Settings)
            }
        }
    }

    /** Looks at everything in the wallet and says what is damaged. */
    fun check() {
        task.clear()
        found.value = null
        navigator.push(Screen.Checkup)
        task.run { found.value = session.wallet.check() }
    }

    /** Deletes the wallet with all that is in it, and begins anew. */
    fun erase() {
        task.run {
            forget()
            session.erase()
            navigator.start(Screen.Begin)
        }
    }
}
