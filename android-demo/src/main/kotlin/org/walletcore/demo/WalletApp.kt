package org.walletcore.demo

import android.app.Application
import java.io.File
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import org.walletcore.Clock
import org.walletcore.Development
import org.walletcore.HttpClient
import org.walletcore.Ports
import org.walletcore.SystemHttpClient
import org.walletcore.android.AndroidClock
import org.walletcore.android.AndroidSecureArea
import org.walletcore.android.ForegroundActivity
import org.walletcore.android.PromptWords
import org.walletcore.android.SystemPrompt
import org.walletcore.android.UserPrompt
import org.walletcore.android.hasStrongBiometrics
import org.walletcore.demo.model.Model
import org.walletcore.demo.model.Phone
import org.walletcore.demo.model.Session
import org.walletcore.demo.model.Trusted

/** Makes the one model of the app, which outlives its Activities. */
open class WalletApp : Application() {
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Main)

    private lateinit var foreground: ForegroundActivity

    lateinit var model: Model
        private set

    /** Hears from the Activity what the citizen chose in the system's picker. */
    lateinit var files: PickedFiles
        private set

    /** Hears from the Activity whether the citizen allowed the camera. */
    lateinit var camera: AskedCamera
        private set

    override fun onCreate() {
        super.onCreate()
        val preferences = SavedPreferences(this)
        val words = AppWords(this, preferences)
        val onDialogs = { PromptWords(words.cancel, words.useBiometrics) }
        foreground = ForegroundActivity.of(this)
        val prompt = prompt(onDialogs)
        val ports = Ports(
            http = httpClient(),
            secureArea = AndroidSecureArea(prompt, onDialogs),
            rollbackAnchor = null,
            clock = clock(),
            events = null,
        )
        // No backup of the system and no other app reaches this folder.
        val file = File(noBackupFilesDir, "vault.db")
        val session = Session(file, ports, preferences, trusted(), development())
        files = PickedFiles(this, foreground)
        camera = AskedCamera(this, foreground)
        val phone = Phone(files, SheetPrinter(scope, foreground), camera, SystemBrowser(scope, foreground), ::hasBiometrics)
        model = Model(scope, session, preferences, words, phone)
    }

    // What follows is the phone; the tests' own app is a subclass that puts their servers and their citizen in its place.

    protected open fun httpClient(): HttpClient = SystemHttpClient()

    protected open fun clock(): Clock = AndroidClock(this)

    protected open fun development(): Development = Development()

    protected open fun prompt(words: () -> PromptWords): UserPrompt = SystemPrompt(this, foreground, words)

    protected open fun hasBiometrics(): Boolean = hasStrongBiometrics(this)

    protected open fun trusted(): Trusted = TrustedInAssets(assets)
}
