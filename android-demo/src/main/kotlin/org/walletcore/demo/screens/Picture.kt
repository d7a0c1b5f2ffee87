package org.walletcore.demo.screens

import android.view.View
import kotlinx.coroutines.flow.StateFlow
import org.walletcore.demo.design.Ui
import org.walletcore.demo.model.Model
import org.walletcore.demo.model.Screen

/**
 * How a screen looks.
 *
 * @property follows what it shows: it is drawn anew when one of them changes
 */
class Picture(val follows: List<StateFlow<*>>, val draw: Ui.() -> View) {
    constructor(vararg follows: StateFlow<*>, draw: Ui.() -> View) : this(follows.toList(), draw)
}

fun Model.picture(screen: Screen): Picture = when (screen) {
    Screen.Starting -> starting(this)
    Screen.Begin -> begin(this)
    Screen.ShowRecoveryKey -> showRecoveryKey(this)
    Screen.ConfirmRecoveryKey -> confirmRecoveryKey(this)
    Screen.Unlock -> unlock(this)
    Screen.UnlockByRecoveryKey -> unlockByRecoveryKey(this)
    Screen.NewPin -> newPin(this)
    Screen.Erase -> erase(this)
    Screen.Documents -> documents(this)
    is Screen.Document -> document(this, screen.id)
    Screen.Add -> add(this)
    Screen.Scan -> scan(this)
    Screen.Reissue -> reissue(this)
    Screen.Receive -> receive(receive)
    Screen.Share -> share(share)
    Screen.History -> history(this)
    is Screen.HistoryEntry -> historyEntry(this, screen.number)
    Screen.Settings -> settings(this)
    Screen.ChangePin -> changePin(this)
    Screen.Biometrics -> biometrics(this)
    Screen.ReplaceRecoveryKey -> replaceRecoveryKey(this)
    Screen.Checkup -> checkup(this)
    Screen.BackUp -> backUp(this)
    Screen.MoveOut -> moveOut(this)
    Screen.MoveIn -> moveIn(this)
    Screen.Restore -> restore(this)
    Screen.About -> about(this)
}
