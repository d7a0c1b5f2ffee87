package org.walletcore.android

import android.hardware.biometrics.BiometricPrompt.CryptoObject

/** Asks the citizen. [SystemPrompt] is the platform's dialog; tests answer by themselves. */
@Api28
interface UserPrompt {
    /** Whether the screen is locked by a PIN, pattern or password, so that there is something to ask for. */
    fun canAsk(): Boolean

    /**
     * Returns when the citizen said yes.
     *
     * With `crypto`, by strong biometrics and for that one operation; without, by biometrics or the screen lock.
     *
     * @throws org.walletcore.PortException.Cancelled the citizen or the system said no
     * @throws org.walletcore.PortException.LevelNotAvailable there is nothing that could be asked for
     */
    suspend fun ask(question: Question, crypto: CryptoObject?)
}

/**
 * What the platform's dialog says.
 *
 * @property title the sentence
 * @property party the other party's name as it was authenticated; empty for the wallet's own actions
 */
class Question(val title: String, val party: String)
