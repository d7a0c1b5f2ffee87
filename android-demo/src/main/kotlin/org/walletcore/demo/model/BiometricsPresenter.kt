package org.walletcore.demo.model

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import org.walletcore.GuardKind
import org.walletcore.NewUnlock
import org.walletcore.Unlock
import org.walletcore.toSecret

/** Opening by fingerprint or face, beside the PIN and never instead of it. */
class BiometricsPresenter(
    scope: CoroutineScope,
    private val session: Session,
    private val navigator: Navigator,
    private val phone: Phone,
    private val words: Words,
) {
    val task = Task(scope)
    private val on = MutableStateFlow(false)
    val isOn: StateFlow<Boolean> get() = on

    /** Whether there is something to choose: the phone has them, or the wallet still opens by them. */
    val isOffered: Boolean get() = phone.hasBiometrics || on.value

    suspend fun look() {
        on.value = GuardKind.BIOMETRICS in session.wallet.guards()
    }

    fun ask() {
        task.clear()
        navigator.push(Screen.Biometrics)
        task.run { look() }
    }

    /** The PIN says yes, so that nobody who finds the wallet open lets their own finger in. */
    fun turnOn(pin: CharSequence) = change {
        session.wallet.setGuard(Unlock.Pin(pin.toSecret()), NewUnlock.Biometrics, words.unlock)
    }

    fun turnOff(pin: CharSequence) = change {
        session.wallet.removeGuard(Unlock.Pin(pin.toSecret()), GuardKind.BIOMETRICS, words.unlock)
    }

    private fun change(how: suspend () -> Unit) {
        task.run {
            how()
            look()
            navigator.back()
        }
    }
}
