package org.walletcore.demo.model

import kotlinx.coroutines.CoroutineScope
import org.walletcore.Code
import org.walletcore.GuardKind
import org.walletcore.Unlock
import org.walletcore.WalletException
import org.walletcore.code
import org.walletcore.toSecret

/** Opening the wallet. */
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

    suspend fun look() {
        guards = session.wallet.guards().toSet()
    }

    fun byPin(pin: CharSequence) = by(Unlock.Pin(pin.toSecret()))

    fun byBiometrics() = by(Unlock.Biometrics)

    /** As it is typed: the core forgives case, spaces and hyphens, and says what is mistyped. */
    fun byRecoveryKey(key: CharSequence) = by(Unlock.RecoveryKey(key.toSecret()))

    private fun by(unlock: Unlock) {
        task.run {
            session.wallet.unlock(unlock, words.unlock)
            opened()
        }
    }

    companion object {
        /** Whether only the recovery key is left to try. */
        fun isBlocked(failure: WalletException?) = failure?.code == Code.PIN_LOCKED
    }
}
