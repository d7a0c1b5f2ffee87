package org.walletcore.demo.model

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.launch
import org.walletcore.Code
import org.walletcore.Source
import org.walletcore.WalletException
import org.walletcore.code

/** The app without its pictures: all presenters, and what leads from one to the next. Runs wherever Kotlin runs. */
class Model(
    private val scope: CoroutineScope,
    private val session: Session,
    val preferences: Preferences,
    words: Words,
    phone: Phone,
) {
    val navigator = Navigator()
    val receive = ReceivePresenter(scope, navigator, words, ::held, { links.again() }) { links.follow() }
    val share = SharePresenter(scope, navigator, words, phone.browser, { session.wallet.credentials().entries }) { links.follow() }
    val links: Links = Links(scope, session, navigator, receive, share)
    val newKey = NewKeyPresenter(scope, navigator, phone)
    val begin = BeginPresenter(scope, session, newKey, words, ::observe, ::begun)
    val unlock = UnlockPresenter(scope, session, words) { unlocked() }
    val recovery = RecoveryPresenter(scope, session, navigator, newKey, words) { unlocked() }
    val biometrics = BiometricsPresenter(scope, session, navigator, phone, words)
    val documents = DocumentsPresenter(scope, session, navigator)
    val history = HistoryPresenter(scope, session, navigator, phone)
    val settings = SettingsPresenter(scope, session, navigator, preferences, biometrics, words)
    val transfer = TransferPresenter(scope, session, navigator, newKey, phone, words, ::observe, ::begun)
    val scan = ScanPresenter(scope, navigator, phone, links)
    val lockWatch = LockWatch(scope, session)
    val statuses = StatusWatch(scope, session, navigator) { documents.lookAgain() }

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
        history.observe()
        lockWatch.start()
        statuses.start()
        val wallet = session.wallet
        scope.launch { wallet.lockStates.collect { open -> if (!open) locked() } }
    }

    private suspend fun locked() {
        try {
            unlock.look()
        } catch (failure: WalletException) {
            // It is being closed, which locks it; whoever does that leads on.
            if (failure.code == Code.VAULT_CLOSED) return
            throw failure
        }
        if (navigator.current in LOCKED_TOO) return
        recovery.forget()
        navigator.start(Screen.Unlock)
    }

    /** After the recovery key was confirmed, which may have taken longer than the wallet stays open. */
    private fun begun() {
        session.finish()
        if (!session.wallet.isUnlocked()) return navigator.start(Screen.Unlock)
        navigator.start(Screen.Documents)
        if (biometrics.isOffered && !links.isWaiting) biometrics.ask()
        links.follow()
    }

    /** What the phone's own way back does; `false` when it leads out of the app. A decision is not left by accident. */
    fun back(): Boolean = when (navigator.current) {
        Screen.Receive -> true.also { if (receive.canLeave) receive.leave() }
        Screen.Share -> true.also { if (share.canLeave) share.leave() }
        Screen.ShowRecoveryKey -> true
        else -> navigator.back()
    }

    fun arrived(link: String, source: Source) = links.arrived(link, source)

    private fun held() = documents.credentials.value?.entries.orEmpty()

    fun interruptionRead() {
        lost.value = null
    }

    private suspend fun unlocked() {
        // Whoever opened it has a way in.
        session.finish()
        navigator.start(Screen.Documents)
        // Also when a link leads on from there before anybody sees it.
        statuses.look()
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

    private companion object {
        /** Screens of a locked wallet, and the recovery key: it is seen once, so the lock does not take it away. */
        val LOCKED_TOO = setOf(
            Screen.Begin, Screen.Restore, Screen.Unlock, Screen.UnlockByRecoveryKey, Screen.Erase,
            Screen.ShowRecoveryKey, Screen.ConfirmRecoveryKey,
        )
    }
}
