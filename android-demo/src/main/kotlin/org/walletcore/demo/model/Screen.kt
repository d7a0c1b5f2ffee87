package org.walletcore.demo.model

/** What the citizen can be looking at. What a screen needs besides is held by its presenter. */
sealed class Screen {
    object Starting : Screen()
    object Begin : Screen()
    object ShowRecoveryKey : Screen()
    object ConfirmRecoveryKey : Screen()
    object Unlock : Screen()
    object UnlockByRecoveryKey : Screen()
    object NewPin : Screen()
    object Erase : Screen()
    object Documents : Screen()
    data class Document(val id: String) : Screen()
    object Add : Screen()
    object Receive : Screen()
    object Share : Screen()
    object History : Screen()
    data class HistoryEntry(val number: ULong) : Screen()
    object Settings : Screen()
    object ChangePin : Screen()
    object Biometrics : Screen()
    object ReplaceRecoveryKey : Screen()
    object Checkup : Screen()
}
