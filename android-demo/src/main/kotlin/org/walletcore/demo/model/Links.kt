package org.walletcore.demo.model

import kotlinx.coroutines.CoroutineScope
import org.walletcore.Code
import org.walletcore.Incoming
import org.walletcore.Source
import org.walletcore.WalletException
import org.walletcore.code

/**
 * One way in for every link, code and pasted text: the core decides what it is.
 *
 * While the wallet is locked, or while something else waits for the citizen's decision, a link waits; the newest one
 * counts, since that is what the citizen did last.
 */
class Links(
    scope: CoroutineScope,
    private val session: Session,
    private val navigator: Navigator,
    private val receive: ReceivePresenter,
    private val share: SharePresenter,
) {
    private class Waiting(val link: String, val source: Source)

    private var waiting: Waiting? = null
    private var followed: Waiting? = null

    /** Opening a link, which asks the network. */
    val task = Task(scope)

    val isWaiting: Boolean get() = waiting != null

    fun arrived(link: String, source: Source) {
        waiting = Waiting(link, source)
        follow()
    }

    /** Follows the last link once more. */
    fun again() {
        waiting = waiting ?: followed
        follow()
    }

    /** Follows the link that waits, if nothing stands in its way any more. */
    fun follow() {
        if (!session.isOpen || deciding() || waiting == null) return
        task.run {
            val next = waiting ?: return@run
            followed = next
            try {
                lead(session.wallet.openLink(next.link, next.source))
                waiting = null
            } catch (failure: WalletException) {
                // It goes on once the wallet is unlocked; anything else is the end of it.
                if (failure.code == Code.LOCKED) return@run navigator.push(Screen.Unlock)
                waiting = null
                throw failure
            }
        }
    }

    /** Shows what a link led to. */
    suspend fun lead(to: Incoming) = when (to) {
        is Incoming.Offer -> receive.begin(to.offer)
        is Incoming.Preview -> receive.resume(to.preview)
        is Incoming.Request -> share.begin(to.request)
    }

    private fun deciding() = navigator.screens.value.any { it in DECIDING }

    private companion object {
        /** What no link takes away: a decision, and the recovery key, which is seen once. */
        val DECIDING = setOf(Screen.Receive, Screen.Share, Screen.ShowRecoveryKey, Screen.ConfirmRecoveryKey, Screen.NewPin)
    }
}
