package org.walletcore.demo.model

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.launch
import org.walletcore.Code
import org.walletcore.CredentialDetails
import org.walletcore.CredentialEntry
import org.walletcore.CredentialList
import org.walletcore.KeyProtection
import org.walletcore.ReissueEntry
import org.walletcore.WalletException
import org.walletcore.code

/** What the wallet holds. */
class DocumentsPresenter(private val scope: CoroutineScope, private val session: Session, private val navigator: Navigator) {
    val task = Task(scope)

    private val list = MutableStateFlow<CredentialList?>(null)

    /** `null` while the wallet is locked. */
    val credentials: StateFlow<CredentialList?> get() = list

    private val again = MutableStateFlow<List<ReissueEntry>>(emptyList())

    /** What has to be asked for again: it was in another wallet, or a backup could not bring it back. */
    val toReissue: StateFlow<List<ReissueEntry>> get() = again

    private val unreadable = MutableStateFlow<WalletException?>(null)

    /** Why they cannot be shown. */
    val failure: StateFlow<WalletException?> get() = unreadable

    private val seen = MutableStateFlow<CredentialDetails?>(null)

    private val kept = MutableStateFlow<KeyProtection?>(null)

    /** How the keys of the document that is looked at are kept; `null` until that is known, and where there is none. */
    val protection: StateFlow<KeyProtection?> get() = kept

    /** The document that is looked at; `null` until it is read. */
    val document: StateFlow<CredentialDetails?> get() = seen

    private var following: Job? = null

    /** Follows what is in the wallet from now on. */
    fun observe() {
        list.value = null
        unreadable.value = null
        follow()
    }

    /** Follows anew, which begins with a look: of what is in the list, time alone makes something else. */
    fun lookAgain() {
        if (session.isOpen) follow()
    }

    private fun follow() {
        val wallet = session.wallet
        following?.cancel()
        following = scope.launch {
            try {
                wallet.credentialLists.collect {
                    list.value = it
                    again.value = if (it == null) emptyList() else waiting()
                }
            } catch (thrown: WalletException) {
                unreadable.value = thrown
            }
        }
    }

    /** Nothing when the wallet locked itself or was closed in between. */
    private suspend fun waiting(): List<ReissueEntry> = try {
        session.wallet.toReissue()
    } catch (failure: WalletException) {
        if (failure.code != Code.LOCKED && failure.code != Code.VAULT_CLOSED) throw failure
        emptyList()
    }

    fun open(id: String) {
        seen.value = null
        kept.value = null
        navigator.push(Screen.Document(id))
        task.run {
            seen.value = session.wallet.credential(id)
            kept.value = session.wallet.keyProtection(id)
        }
    }

    /** Takes one from the list of what to ask for again. */
    fun dismiss(id: String) {
        task.run { session.wallet.dismissReissue(id) }
    }

    /** Whether its time is over: who issued it does not stand for it any more. */
    fun isOver(entry: CredentialEntry): Boolean = entry.validUntil?.let { it <= session.now() } ?: false

    fun delete(id: String) {
        task.run {
            session.wallet.delete(id)
            seen.value = null
            navigator.start(Screen.Documents)
        }
    }
}
