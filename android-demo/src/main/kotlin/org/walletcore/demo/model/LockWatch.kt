package org.walletcore.demo.model

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.collectLatest
import kotlinx.coroutines.launch
import org.walletcore.Code
import org.walletcore.WalletException
import org.walletcore.code

/** Warns before the wallet locks itself, and sees to it that it does so in time. */
class LockWatch(private val scope: CoroutineScope, private val session: Session) {
    private val left = MutableStateFlow<Int?>(null)

    /** The seconds that are left, once they are few; `null` while there is nothing to warn of. */
    val secondsLeft: StateFlow<Int?> get() = left

    private var watching: Job? = null

    /** Watches the wallet that is open now. */
    fun start() {
        watching?.cancel()
        val wallet = session.wallet
        watching = scope.launch {
            wallet.lockStates.collectLatest { open -> if (open) count() else left.value = null }
        }
    }

    private suspend fun count() {
        while (true) {
            // Asking is what locks it when it is time.
            val rest = session.millisUntilLock()
            left.value = if (rest == null || rest > WARNING_MS) null else ((rest + SECOND_MS - 1) / SECOND_MS).toInt()
            if (rest == null) return
            delay(if (rest > WARNING_MS) rest - WARNING_MS else minOf(rest, SECOND_MS).coerceAtLeast(1))
        }
    }

    /** The citizen is still there: any use of the wallet begins the time anew. */
    fun stay() {
        scope.launch {
            try {
                session.stayUnlocked()
            } catch (failure: WalletException) {
                // Too late: the lock screen is there, or there is no wallet any more.
                if (failure.code != Code.LOCKED && failure.code != Code.VAULT_CLOSED) throw failure
            }
            left.value = null
        }
    }

    private companion object {
        const val SECOND_MS = 1000L
        const val WARNING_MS = 30 * SECOND_MS
    }
}
