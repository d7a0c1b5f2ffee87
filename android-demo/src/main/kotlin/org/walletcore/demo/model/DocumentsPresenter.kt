package org.walletcore.demo.model

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.launch
import org.walletcore.CredentialDetails
import org.walletcore.CredentialEntry
import org.walletcore.CredentialList
import org.walletcore.History
import org.walletcore.WalletException

/** What the wallet holds and what it did. */
class DocumentsPresenter(private val scope: CoroutineScope, private val session: Session, private val navigator: Navigator) {
    val task = Task(scope)

    private val list = MutableStateFlow<CredentialList?>(null)

    /** `null` while the wallet is locked. */
    val credentials: StateFlow<CredentialList?> get() = list

    private val log = MutableStateFlow<History?>(null)

    /** `null` while the wallet is locked. */
    val history: StateFlow<History?> get() = log

    private val unreadable = MutableStateFlow<WalletException?>(null)

    /** Why one of the two cannot be shown. */
    val failure: StateFlow<WalletException?> get() = unreadable

    private val seen = MutableStateFlow<CredentialDetails?>(null)

    /** The document that is looked at; `null` until it is read. */
    val document: StateFlow<CredentialDetails?> get() = seen

    /** Follows what is in the wallet from now on. */
    fun observe() {
        follow(session.wallet.credentialLists, list)
        follow(session.wallet.histories, log)
    }

    private fun <T> follow(changes: Flow<T>, shown: MutableStateFlow<T>) {
        scope.launch {
            try {
                changes.collect { shown.value = it }
            } catch (thrown: WalletException) {
                unreadable.value = thrown
            }
        }
    }

    fun open(id: String) {
        seen.value = null
        navigator.push(Screen.Document(id))
        task.run { seen.value = session.wallet.credential(id) }
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
