package org.walletcore.android

import android.hardware.biometrics.BiometricPrompt.CryptoObject
import java.util.Collections
import org.walletcore.PortException
import org.walletcore.testkit.FakeAndroidKeyStore

/** A citizen who says yes, or does not. */
class AnsweringPrompt : UserPrompt {
    var saysYes = true

    /** What was asked so far. */
    val asked: MutableList<String> = Collections.synchronizedList(mutableListOf())

    override fun canAsk() = FakeAndroidKeyStore.hasSecureLockScreen

    override suspend fun ask(question: Question, crypto: CryptoObject?) {
        asked += question.title
        if (!saysYes) throw PortException.Cancelled()
        if (crypto == null) FakeAndroidKeyStore.userAuthenticates() else FakeAndroidKeyStore.userAuthenticates(crypto)
    }
}
