package org.walletcore.demo.model

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.launch
import org.walletcore.Source

/** The camera, as far as it can be asked for. */
interface Camera {
    val isThere: Boolean

    /** Asks the citizen whether the app may use it; at once where they said so before. */
    suspend fun mayBeUsed(): Boolean
}

/** Scanning a QR code. What it says goes the way of every link. */
class ScanPresenter(
    private val scope: CoroutineScope,
    private val navigator: Navigator,
    private val phone: Phone,
    private val links: Links,
) {
    enum class State { ASKING, SCANNING, DENIED, FAILED }

    private val now = MutableStateFlow(State.ASKING)
    val state: StateFlow<State> get() = now

    val isOffered: Boolean get() = phone.camera.isThere

    /** The permission is asked for now, when the citizen wants to scan, and never before. */
    fun open() {
        now.value = State.ASKING
        navigator.push(Screen.Scan)
        scope.launch { now.value = if (phone.camera.mayBeUsed()) State.SCANNING else State.DENIED }
    }

    /** The camera sees the same code many times a second: the first time counts. */
    fun found(text: String) {
        scope.launch {
            if (navigator.current != Screen.Scan || now.value != State.SCANNING) return@launch
            now.value = State.ASKING
            navigator.back()
            links.arrived(text, Source.SCAN)
        }
    }

    fun failed() {
        now.value = State.FAILED
    }
}
