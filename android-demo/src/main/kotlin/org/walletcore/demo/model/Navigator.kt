package org.walletcore.demo.model

import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.update

/** Which screens are open, the one that is seen last. */
class Navigator {
    private val open = MutableStateFlow<List<Screen>>(listOf(Screen.Starting))

    /** All open screens, from the first. */
    val screens: StateFlow<List<Screen>> get() = open

    val current: Screen get() = open.value.last()

    /** Opens a screen over the one that is seen. */
    fun push(screen: Screen) = open.update { if (it.last() == screen) it else it + screen }

    /** Begins anew with these screens. */
    fun start(vararg screens: Screen) = open.update { screens.toList() }

    /** Puts a screen in the place of the one that is seen. */
    fun replace(screen: Screen) = open.update { it.dropLast(1) + screen }

    /** Goes back one screen; `false` when there is none to go back to. */
    fun back(): Boolean {
        var went = false
        open.update { screens ->
            went = screens.size > 1
            if (went) screens.dropLast(1) else screens
        }
        return went
    }
}
