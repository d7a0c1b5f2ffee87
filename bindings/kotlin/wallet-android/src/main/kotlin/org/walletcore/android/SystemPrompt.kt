package org.walletcore.android

import android.app.Activity
import android.app.KeyguardManager
import android.content.Context
import android.hardware.biometrics.BiometricPrompt.CryptoObject
import android.os.Build
import kotlinx.coroutines.withTimeoutOrNull
import org.walletcore.PortException

/**
 * The platform's own dialogs, over the Activity that is in the foreground. When that one goes away and takes the dialog
 * with it (the app is sent to the background, the screen is turned), the question comes again on the next one.
 *
 * @param words the app's words, asked for anew each time
 */
@Api28
class SystemPrompt(
    context: Context,
    private val foreground: ForegroundActivity,
    private val words: () -> PromptWords,
) : UserPrompt {
    private val keyguard = checkNotNull(context.getSystemService(KeyguardManager::class.java))

    override fun canAsk(): Boolean = keyguard.isDeviceSecure

    override suspend fun ask(question: Question, crypto: CryptoObject?) {
        while (true) {
            val activity = withTimeoutOrNull(FOREGROUND_MS) { foreground.await() } ?: throw PortException.Cancelled()
            when (show(activity, question, crypto)) {
                Answer.YES -> return
                Answer.NO -> throw PortException.Cancelled()
                Answer.NOTHING_TO_ASK -> throw PortException.LevelNotAvailable()
                Answer.TAKEN_AWAY -> if (foreground.shows(activity)) throw PortException.Cancelled()
            }
        }
    }

    private suspend fun show(activity: Activity, question: Question, crypto: CryptoObject?): Answer = when {
        crypto != null -> biometricDialog(activity, question, crypto) {
            setNegativeButton(words().cancel, activity.mainExecutor) { _, _ -> it(Answer.NO) }
        }
        Build.VERSION.SDK_INT >= 30 -> biometricDialog(activity, question, null) { allowScreenLock(this) }
        else -> ScreenLockActivity.ask(activity, question)
    }

    private companion object {
        /** How long a question waits for the app to come to the foreground. */
        const val FOREGROUND_MS = 60_000L
    }
}
