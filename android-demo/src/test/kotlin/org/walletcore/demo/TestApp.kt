package org.walletcore.demo

import android.hardware.biometrics.BiometricPrompt.CryptoObject
import android.provider.Settings.Global
import kotlinx.coroutines.runBlocking
import org.walletcore.HttpClient
import org.walletcore.PortException
import org.walletcore.android.PromptWords
import org.walletcore.android.Question
import org.walletcore.android.UserPrompt
import org.walletcore.demo.model.Trusted
import org.walletcore.testing.Pilot
import org.walletcore.testing.TestWallet
import org.walletcore.testkit.FakeAndroidKeyStore

/** The app as it is, but for the servers that it trusts and the citizen who answers the phone's dialogs. */
class TestApp : WalletApp() {
    /** Whether the network is there. */
    @Volatile var online = true

    /** Whether a finger or face is enrolled, as the app is told. */
    var biometrics = false

    override fun hasBiometrics() = biometrics

    override fun onCreate() {
        FakeAndroidKeyStore.install()
        Global.putInt(contentResolver, Global.BOOT_COUNT, 7)
        super.onCreate()
    }

    override fun httpClient(): HttpClient {
        val real = runBlocking { TestWallet.http() }
        return object : HttpClient {
            override suspend fun send(request: org.walletcore.HttpRequest) =
                if (online) real.send(request) else throw PortException.Unreachable()
        }
    }

    override fun prompt(words: () -> PromptWords): UserPrompt = object : UserPrompt {
        override fun canAsk() = true

        override suspend fun ask(question: Question, crypto: CryptoObject?) {
            if (crypto == null) FakeAndroidKeyStore.userAuthenticates() else FakeAndroidKeyStore.userAuthenticates(crypto)
        }
    }

    override fun trusted() = Trusted {
        Pilot.world().anchors.map { (list, pem) -> Trusted.Anchors(list, pem, "pilot") }
    }
}
