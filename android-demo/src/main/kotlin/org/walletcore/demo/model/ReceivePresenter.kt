package org.walletcore.demo.model

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import org.walletcore.Code
import org.walletcore.CredentialEntry
import org.walletcore.Offer
import org.walletcore.OfferDetails
import org.walletcore.Preview
import org.walletcore.PreviewCredential
import org.walletcore.WalletException
import org.walletcore.code
import org.walletcore.details

/** From an offer to documents that are kept, or not. */
class ReceivePresenter(
    scope: CoroutineScope,
    private val navigator: Navigator,
    private val words: Words,
    private val held: () -> List<CredentialEntry>,
    private val retry: () -> Unit,
    private val ended: () -> Unit,
) {
    sealed class State {
        object Nothing : State()

        /** Who offers what. Nothing was asked of the issuer but that. */
        class Offered(val details: OfferDetails) : State()

        /**
         * What the issuer gave, checked and not yet kept.
         *
         * @property known whether the wallet has a document of the same kind already
         */
        class Received(val credentials: List<PreviewCredential>, val known: Boolean) : State()

        class Kept(val count: Int) : State()

        object Discarded : State()

        /**
         * Nothing came of it.
         *
         * @property canTryAgain whether the same link may lead further another time
         */
        class Failed(val failure: WalletException) : State() {
            val canTryAgain: Boolean get() = failure.details.retryable || failure.code == Code.PROMPT_CANCELLED
        }
    }

    private val now = MutableStateFlow<State>(State.Nothing)
    val state: StateFlow<State> get() = now
    val task = Task(scope)

    private var offer: Offer? = null
    private var preview: Preview? = null

    fun begin(offer: Offer) {
        this.offer = offer
        now.value = State.Offered(offer.details())
        navigator.push(Screen.Receive)
    }

    /** Something that was received before and still waits for a yes. */
    suspend fun resume(preview: Preview) {
        show(preview)
        navigator.push(Screen.Receive)
    }

    fun accept(transactionCode: CharSequence?) {
        val offer = checkNotNull(offer)
        task.run {
            try {
                show(offer.accept(transactionCode?.toString(), words.receive))
            } catch (failure: WalletException) {
                if (failure.code !in AGAIN) now.value = State.Failed(failure)
                throw failure
            }
        }
    }

    private suspend fun show(received: Preview) {
        preview = received
        val credentials = received.credentials()
        val known = credentials.any { new -> held().any { it.typeId == new.typeId } }
        now.value = State.Received(credentials, known)
    }

    fun keep() = decide { it.keep().let { ids -> State.Kept(ids.size) } }

    /** No, or not mine: the issuer is told, and the keys are deleted. */
    fun discard() = decide {
        it.discard()
        State.Discarded
    }

    private fun decide(how: suspend (Preview) -> State) {
        val preview = checkNotNull(preview)
        task.run {
            now.value = try {
                how(preview)
            } catch (failure: WalletException) {
                if (failure.code == Code.LOCKED) throw failure
                State.Failed(failure)
            }
        }
    }

    /** Whether an offer waits for an answer. The vault does not know of it. */
    val isOffered: Boolean get() = now.value is State.Offered

    val isUnderway: Boolean get() = isOffered || now.value is State.Received

    /** Whether the citizen has nothing to decide any more, or not yet. */
    val canLeave: Boolean get() = now.value !is State.Received && !task.state.value.busy

    /** Opens the same link once more. */
    fun again() {
        leave()
        retry()
    }

    /** Leaves. An offer that was not accepted is forgotten; what was received goes on waiting. */
    fun leave() {
        offer?.close()
        preview?.close()
        offer = null
        preview = null
        task.clear()
        now.value = State.Nothing
        navigator.start(Screen.Documents)
        ended()
    }

    private companion object {
        /** After these the same offer can be accepted again; after all others the link is opened anew. */
        val AGAIN = setOf(Code.TX_CODE_NEEDED, Code.GRANT_REFUSED, Code.LOCKED)
    }
}
