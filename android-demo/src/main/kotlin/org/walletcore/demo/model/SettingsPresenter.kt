package org.walletcore.demo.model

import java.util.Locale
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import org.walletcore.NewUnlock
import org.walletcore.TrustedAuthority
import org.walletcore.Unlock
import org.walletcore.toSecret

/** What the citizen can set. */
class SettingsPresenter(
    scope: CoroutineScope,
    private val session: Session,
    private val navigator: Navigator,
    private val preferences: Preferences,
    private val biometrics: BiometricsPresenter,
    private val words: Words,
) {
    val task = Task(scope)

    /** Whom the wallet trusts, with the age of each list. */
    private val trusted = MutableStateFlow<List<TrustedAuthority>>(emptyList())
    val authorities: StateFlow<List<TrustedAuthority>> get() = trusted

    private val refused = MutableStateFlow<PinRefused?>(null)
    val pinRefused: StateFlow<PinRefused?> get() = refused

    val language: StateFlow<Locale> get() = preferences.language
    val lockAfterMinutes: Int get() = preferences.lockAfterMinutes

    fun open() {
        task.clear()
        navigator.push(Screen.Settings)
        task.run {
            biometrics.look()
            trusted.value = session.wallet.trustedAuthorities()
        }
    }

    fun choose(language: Locale) = preferences.choose(language)

    /** Counts from the next start of the app on. */
    fun lockAfter(minutes: Int) {
        preferences.lockAfterMinutes = minutes
    }

    fun changePin(old: CharSequence, pin: CharSequence, again: CharSequence) {
        refused.value = PinRefused.of(pin, again)
        if (refused.value != null) return
        task.run {
            session.wallet.setGuard(Unlock.Pin(old.toSecret()), NewUnlock.Pin(pin.toSecret()), words.setPin)
            navigator.back()
        }
    }

    fun lock() = session.wallet.lock()
}
