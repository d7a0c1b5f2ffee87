package org.walletcore.demo.model

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import org.walletcore.Code
import org.walletcore.GuardKind
import org.walletcore.Unlock
import org.walletcore.WalletException
import org.walletcore.code
import org.walletcore.toSecret

/** Opening the wallet by PIN or biometrics. */
class UnlockPresenter(
    scope: CoroutineScope,
    private val session: Session,
    private val words: Words,
    private val opened: suspend () -> Unit,
) {
    val task = Task(scope)

    /** What opens the wallet; known when the screen is shown. */
    var guards: Set<GuardKind> = emptySet()
        private set

    private val changed = MutableStateFlow(false)

    /** Whether other fingers or faces are enrolled than those that the wallet was opened to. */
    val biometricsChanged: StateFlow<Boolean> get() = changed

    val canUseBiometrics: Boolean get() = GuardKind.BIOMETRICS in guards && !changed.value

    suspend fun look() {
        guards = session.wallet.guards().toSet()
        changed.value = false
    }

    /** Whoever enrolled other biometrics is not let in by them: their way is taken away with the PIN's word. */
    fun byPin(pin: CharSequence) {
        task.run {
            val by = Unlock.Pin(pin.toSecret())
            if (changed.value) session.wallet.removeGuard(by, GuardKind.BIOMETRICS, words.unlock)
            else session.wallet.unlock(by, words.unlock)
            opened()
        }
    }

    fun byBiometrics() {
        task.run {
            try {
                session.wallet.unlock(Unlock.Biometrics, words.unlock)
            } catch (failure: WalletException) {
                when (failure.code) {
                    Code.KEY_DID_NOT_TRAVEL -> changed.value = true
                    // The citizen goes on with the PIN.
                    Code.PROMPT_CANCELLED -> Unit
                    else -> throw failure
                }
                return@run
            }
            opened()
        }
    }

    companion object {
        /** Whether only the recovery key is left to try. */
        fun isBlocked(failure: WalletException?) = failure?.code == Code.PIN_LOCKED || failure?.code == Code.KEY_DID_NOT_TRAVEL
    }
}
