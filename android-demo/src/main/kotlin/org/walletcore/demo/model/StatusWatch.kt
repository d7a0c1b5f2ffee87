package org.walletcore.demo.model

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch
import org.walletcore.CredentialStatus
import org.walletcore.Standing
import org.walletcore.WalletException

/**
 * Asks the issuers' status lists which documents they revoked or suspended, and keeps what the citizen has not been told of it
 * (ARF VCR_19). The core knows how long a list is good for: most looks ask nobody.
 *
 * It looks after an unlock, and whenever the documents come into sight; but not on the way back from a verifier, since the issuer
 * would learn from that when something is shown.
 *
 * @property missed a list could not be had: what is known of some documents may be too old by now
 */
class StatusWatch(
    private val scope: CoroutineScope,
    private val session: Session,
    private val navigator: Navigator,
    private val missed: () -> Unit,
) {
    private val untold = MutableStateFlow<Set<String>>(emptySet())

    /** The documents that were revoked, suspended, or count again, since the citizen last read such news. */
    val news: StateFlow<Set<String>> get() = untold

    private var watching: Job? = null
    private var looking: Job? = null

    /** Watches for the wallet that is open now. */
    fun start() {
        watching?.cancel()
        untold.value = emptySet()
        watching = scope.launch {
            var before = navigator.current
            navigator.screens.collect { screens ->
                val now = screens.last()
                if (now == Screen.Documents && before != Screen.Documents && before != Screen.Share) look()
                before = now
            }
        }
    }

    /** Looks, unless it does already. Nobody waits for it, and when it fails what was known stays. */
    fun look() {
        if (looking?.isActive == true) return
        looking = scope.launch {
            try {
                refresh()
            } catch (_: WalletException) {
                // The wallet was locked or closed meanwhile, or is damaged, which the list of documents says itself.
            }
        }
    }

    private suspend fun refresh() {
        val before = withdrawn()
        val refresh = session.wallet.refreshStatuses()
        // Whatever is looked up for the first time has changed as well; that it counts is no news.
        val changed = refresh.changed.toSet()
        if (changed.isNotEmpty()) untold.update { it + changed.intersect(before + withdrawn()) }
        if (refresh.failed.isNotEmpty()) missed()
    }

    private suspend fun withdrawn(): Set<String> =
        session.wallet.credentials().entries.filter { it.status.isWithdrawn }.map { it.id }.toSet()

    /** The citizen has read the news. */
    fun told() {
        untold.value = emptySet()
    }
}

/** Whether who issued it took it back, for now or for good. */
val CredentialStatus.isWithdrawn: Boolean get() = standing == Standing.REVOKED || standing == Standing.SUSPENDED

/** Whether nobody can tell whether it counts. */
val CredentialStatus.isUnconfirmed: Boolean get() = standing == Standing.UNKNOWN || outdated
