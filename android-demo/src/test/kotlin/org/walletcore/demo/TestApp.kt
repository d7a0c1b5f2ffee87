package org.walletcore.demo

import android.hardware.biometrics.BiometricPrompt.CryptoObject
import android.provider.Settings.Global
import kotlinx.coroutines.runBlocking
import org.walletcore.Clock
import org.walletcore.Development
import org.walletcore.HttpClient
import org.walletcore.ListName
import org.walletcore.Moment
import org.walletcore.android.PromptWords
import org.walletcore.android.Question
import org.walletcore.android.UserPrompt
import org.walletcore.demo.model.Trusted
import org.walletcore.testing.CountingHttpClient
import org.walletcore.testing.Pilot
import org.walletcore.testkit.FakeAndroidKeyStore

/** The app as it is, but for the servers that it trusts and the citizen who answers the phone's dialogs. */
open class TestApp : WalletApp() {
    val network by lazy { TestNetwork(runBlocking { Pilot.world().tlsAuthority }) }

    /** What the app calls, counted on its way to the shipped client. */
    lateinit var calls: CountingHttpClient
        private set

    /** Whether the network is there. */
    var online by network::online

    /** How many seconds the phone's clocks are ahead. */
    @Volatile var ahead = 0L

    /** Whether a finger or face is enrolled, as the app is told. */
    var biometrics = false

    override fun hasBiometrics() = biometrics

    override fun onCreate() {
        FakeAndroidKeyStore.install()
        Global.putInt(contentResolver, Global.BOOT_COUNT, 7)
        super.onCreate()
    }

    override fun httpClient(): HttpClient = CountingHttpClient(network.client).also { calls = it }

    override fun clock(): Clock {
        val phone = super.clock()
        return object : Clock {
            override fun now(): Moment = phone.now().let {
                it.copy(wallSeconds = it.wallSeconds + ahead, sinceBootMs = it.sinceBootMs + (ahead * 1000).toULong())
            }
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

/** The app of people who try things out: it shows requests of verifiers that nobody vouches for. */
class LenientApp : TestApp() {
    override fun development() = Development(insecureHttpToLoopback = false, unverifiedVerifiers = true)
}

/** An app on whose lists no verifier is. */
class UnlistedApp : TestApp() {
    override fun trusted() = Trusted {
        super.trusted().lists().filter { it.list != ListName.EU_VERIFIERS && it.list != ListName.CA_VERIFIERS }
    }
}
