package org.walletcore.demo.model

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.launch
import org.walletcore.Source
import org.walletcore.WalletException

/** The app without its pictures: all presenters, and what leads from one to the next. Runs wherever Kotlin runs. */
class Model(private val scope: CoroutineScope, private val session: Session, val preferences: Preferences, words: Words) {
    val navigator = Navigator()
    val receive = ReceivePresenter(scope, navigator, words) { links.follow() }
    val share = SharePresenter(scope, navigator, words) { links.follow() }
    val links: Links = Links(scope, session, navigator, receive, share)
    val begin = BeginPresenter(scope, session, navigator, words, ::observe) { links.follow() }
    val unlock = UnlockPresenter(scope, session, words) { unlocked() }
    val documents = DocumentsPresenter(scope, session, navigator)
    val settings = SettingsPresenter(scope, session, navigator, preferences, words)

    /** Opening the wallet at the start: what failed, where something did. */
    val starting = Task(scope)

    private val lost = MutableStateFlow<Underway?>(null)

    /** What was under way when the app ended and cannot go on by itself; it is said until the citizen has read it. */
    val interrupted: StateFlow<Underway?> get() = lost
    private var before: Underway? = null

    /** What is under way now, for the system to keep. */
    val underway: Underway?
        get() = when {
            links.isWaiting -> Underway.LINK
            receive.isUnderway -> Underway.RECEIVE
            share.isUnderway -> Underway.SHARE
            else -> lost.value
        }

    /** Opens the wallet, or begins a new one. `before` is what was under way when the system ended the app. */
    fun start(before: Underway? = null) {
        if (navigator.current != Screen.Starting) return
        this.before = before
        starting.run {
            if (!session.open()) return@run navigator.start(Screen.Begin)
            unlock.look()
            navigator.start(Screen.Unlock)
            observe()
        }
    }

    /** Follows the wallet, and shows the lock screen when it locked itself, over whatever was seen. */
    private fun observe() {
        documents.observe()
        scope.launch {
            session.wallet.lockStates.collect { open ->
                val inside = navigator.current != Screen.Begin && navigator.current != Screen.Unlock
                if (!open && inside && navigator.current != Screen.UnlockByRecoveryKey) {
                    unlock.look()
                    navigator.start(Screen.Unlock)
                }
            }
        }
    }

    /** What the phone's own way back does; `false` when it leads out of the app. A decision is not left by accident. */
    fun back(): Boolean = when (navigator.current) {
        Screen.Receive -> true.also { if (receive.canLeave) receive.leave() }
        Screen.Share -> true.also { if (share.canLeave) share.leave() }
        Screen.ShowRecoveryKey -> true
        else -> navigator.back()
    }

    fun arrived(link: String, source: Source) = links.arrived(link, source)

    fun interruptionRead() {
        lost.value = null
    }

    private suspend fun unlocked() {
        // Whoever opened it has a way in.
        session.finish()
        navigator.start(Screen.Documents)
        try {
            resume()
        } catch (_: WalletException) {
            // What cannot be resumed is over, or may still be on its way; the list of documents is where the citizen goes on.
        }
        if (navigator.current == Screen.Documents && !links.isWaiting) lost.value = before
        before = null
        links.follow()
    }

    /** What still waits for a yes or no: the app was ended, or the wallet locked itself, in between. */
    private suspend fun resume() {
        if (links.isWaiting) return
        if (receive.isOffered) return navigator.push(Screen.Receive)
        val waits = session.wallet.pending().lastOrNull() ?: return
        links.lead(session.wallet.resume(waits.id))
    }
}
