package org.walletcore.demo.model

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.update
import org.walletcore.Choice
import org.walletcore.Claim
import org.walletcore.ClaimLocation
import org.walletcore.CredentialEntry
import org.walletcore.PresentationRequest
import org.walletcore.RequestDetails
import org.walletcore.Selection
import org.walletcore.SharedBefore
import org.walletcore.Warning
import org.walletcore.WalletException
import org.walletcore.Code
import org.walletcore.code
import org.walletcore.consentTo

/** A verifier's request: who asks for what, what the citizen agrees to, and what became of it. */
class SharePresenter(
    scope: CoroutineScope,
    private val navigator: Navigator,
    private val words: Words,
    private val browser: Browser,
    private val held: suspend () -> List<CredentialEntry>,
    private val ended: () -> Unit,
) {
    /** A claim that would be shared. */
    data class Item(val credential: String, val location: ClaimLocation)

    /** What is not agreed to by the way: each needs a yes of its own, which nobody gives by accident (ARF RPA_07b). */
    enum class Approval {
        /** An identity that is on no list. */
        UNKNOWN_NAME,

        /** A registration that could not be confirmed. */
        UNCONFIRMED_REGISTRATION,

        /** More than they are registered to ask for. */
        MORE_THAN_REGISTERED,
    }

    sealed class State {
        object Nothing : State()

        /**
         * @property sharedBefore what they have seen; `null` also when nobody can tell
         * @property historyIsBroken whether nobody can tell what they have seen
         * @property choice what would be shared; `null` when nothing answers the request
         * @property lapsed what would answer the questions that nothing answers, if it counted now
         * @property revealed what the citizen tapped on to see it
         * @property approved the second, named approvals that were given
         */
        data class Asked(
            val details: RequestDetails,
            val choice: Choice?,
            val warnings: List<Warning>,
            val sharedBefore: SharedBefore?,
            val historyIsBroken: Boolean,
            val lapsed: List<Lapsed>,
            val revealed: Map<Item, Claim> = emptyMap(),
            val approved: Set<Approval> = emptySet(),
        ) : State() {
            /** The second approvals that this choice needs, each with what has to be known before it. */
            val approvals: Map<Approval, Warning> get() = warnings.mapNotNull { warning -> approval(warning)?.let { it to warning } }.toMap()

            val canShare: Boolean get() = choice != null && approved.containsAll(approvals.keys)
        }

        /** @property goOn where the verifier wants the citizen to go on, in the browser that they came from */
        class Sent(val verifier: String, val goOn: String?) : State()

        /** @property heard whether the verifier was told, as far as that is known */
        class Declined(val verifier: String, val heard: Boolean) : State()

        /** Perhaps it arrived: it is never sent again by itself. */
        class Uncertain(val verifier: String, val failure: WalletException) : State()

        class Failed(val verifier: String, val failure: WalletException) : State()
    }

    private val now = MutableStateFlow<State>(State.Nothing)
    val state: StateFlow<State> get() = now
    val task = Task(scope)

    private var request: PresentationRequest? = null

    suspend fun begin(request: PresentationRequest) {
        this.request = request
        val details = request.details()
        val choice = if (details.canBeAnswered) request.least() else null
        var historyIsBroken = false
        val before = try {
            request.sharedBefore()
        } catch (failure: WalletException) {
            if (failure.code != Code.HISTORY_BROKEN) throw failure
            historyIsBroken = true
            null
        }
        val warnings = choice?.let(request::warnings).orEmpty()
        val lapsed = if (choice == null) Lapsed.of(details.questions, held()) else emptyList()
        now.value = State.Asked(details, choice, warnings, before, historyIsBroken, lapsed)
        navigator.push(Screen.Share)
    }

    /** Answers one question from another document, or with other claims. */
    fun choose(selection: Selection) = asked { state, request ->
        val others = state.choice?.selections.orEmpty().filter { it.queryId != selection.queryId }
        val order = state.details.questions.map { it.queryId }
        val choice = Choice((others + selection).sortedBy { order.indexOf(it.queryId) })
        // A yes to one choice is none to another.
        state.copy(choice = choice, warnings = request.warnings(choice), approved = emptySet())
    }

    fun approve(approval: Approval, yes: Boolean) =
        asked { state, _ -> state.copy(approved = if (yes) state.approved + approval else state.approved - approval) }

    /** Opens a page of theirs, which leaves the wallet; the question stands meanwhile. */
    fun read(address: String) = browser.open(address)

    /** Shows the value of one item. */
    fun reveal(item: Item) {
        val request = request ?: return
        task.run {
            val claim = request.reveal(item.credential, item.location) ?: return@run
            now.update { if (it is State.Asked) it.copy(revealed = it.revealed + (item to claim)) else it }
        }
    }

    fun share() {
        val (asked, request) = answerable() ?: return
        val choice = asked.choice ?: return
        if (!asked.canShare) return
        val verifier = asked.details.verifier.called
        task.run {
            val consent = request.consentTo(choice, asked.warnings)
            finish(verifier, { State.Uncertain(verifier, it) }) {
                State.Sent(verifier, request.send(consent, words.shareWith(verifier)).redirectUri)
            }
        }
    }

    fun decline() {
        val (asked, request) = answerable() ?: return
        val verifier = asked.details.verifier.called
        task.run {
            finish(verifier, { State.Declined(verifier, heard = false) }) {
                request.decline()
                State.Declined(verifier, heard = true)
            }
        }
    }

    private suspend fun finish(verifier: String, brokenOff: (WalletException) -> State, call: suspend () -> State) {
        now.value = try {
            call()
        } catch (failure: WalletException) {
            when (failure.code) {
                // Nothing happened; the same question stands.
                Code.LOCKED, Code.PROMPT_CANCELLED -> throw failure
                Code.NETWORK_INTERRUPTED, Code.NETWORK_TIMED_OUT -> brokenOff(failure)
                else -> State.Failed(verifier, failure)
            }
        }
    }

    val isUnderway: Boolean get() = now.value is State.Asked

    /** Whether the citizen has nothing to decide any more. */
    val canLeave: Boolean get() = now.value !is State.Asked && !task.state.value.busy

    /** Leaves, and goes on where the verifier wants. */
    fun goOn() {
        val address = (now.value as? State.Sent)?.goOn ?: return
        leave()
        browser.open(address)
    }

    fun leave() {
        request?.close()
        request = null
        task.clear()
        now.value = State.Nothing
        navigator.start(Screen.Documents)
        ended()
    }

    private fun answerable(): Pair<State.Asked, PresentationRequest>? =
        (now.value as? State.Asked)?.let { asked -> request?.let { asked to it } }

    private fun asked(change: (State.Asked, PresentationRequest) -> State) {
        val (asked, request) = answerable() ?: return
        now.value = change(asked, request)
    }

    companion object {
        /** The second approval that a warning calls for, if it does. */
        fun approval(warning: Warning): Approval? = when (warning) {
            Warning.VerifierUnverified -> Approval.UNKNOWN_NAME
            is Warning.RegistrationInvalid -> Approval.UNCONFIRMED_REGISTRATION
            is Warning.AsksForMore -> Approval.MORE_THAN_REGISTERED
            else -> null
        }
    }
}
