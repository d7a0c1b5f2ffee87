@file:Api28

package org.walletcore.android

import android.app.Activity
import android.hardware.biometrics.BiometricPrompt
import android.hardware.biometrics.BiometricPrompt.CryptoObject
import android.os.CancellationSignal
import android.os.Handler
import android.os.Looper
import kotlin.coroutines.resume
import kotlinx.coroutines.CancellableContinuation
import kotlinx.coroutines.suspendCancellableCoroutine

/**
 * Shows the platform's biometric dialog once. When the caller is cancelled, so is the dialog.
 *
 * @param buttons what the dialog offers besides biometrics; it is handed the way to answer
 */
internal suspend fun biometricDialog(
    activity: Activity,
    question: Question,
    crypto: CryptoObject?,
    buttons: BiometricPrompt.Builder.(answer: (Answer) -> Unit) -> Unit,
): Answer = suspendCancellableCoroutine { continuation ->
    val cancel = CancellationSignal()
    val main = Handler(Looper.getMainLooper())
    continuation.invokeOnCancellation { main.post(cancel::cancel) }
    main.post {
        if (!continuation.isActive) return@post
        val answer = Once(continuation)
        try {
            val builder = BiometricPrompt.Builder(activity).setTitle(question.title)
            if (question.party.isNotEmpty()) builder.setSubtitle(question.party)
            builder.buttons(answer::give)
            val dialog = builder.build()
            if (crypto == null) dialog.authenticate(cancel, activity.mainExecutor, Callback(answer))
            else dialog.authenticate(crypto, cancel, activity.mainExecutor, Callback(answer))
        } catch (failure: RuntimeException) {
            answer.fail(failure)
        }
    }
}

/** The platform may answer more than once: the button, then the dialog that it closes. */
private class Once(private val continuation: CancellableContinuation<Answer>) {
    private var given = false

    fun give(answer: Answer) = once { continuation.resume(answer) }

    fun fail(failure: Throwable) = once { continuation.resumeWith(Result.failure(failure)) }

    @Synchronized
    private fun once(resume: () -> Unit) {
        if (!given) resume()
        given = true
    }
}

@Api28
private class Callback(private val answer: Once) : BiometricPrompt.AuthenticationCallback() {
    override fun onAuthenticationSucceeded(result: BiometricPrompt.AuthenticationResult?) = answer.give(Answer.YES)

    override fun onAuthenticationError(code: Int, words: CharSequence?) = answer.give(
        when (code) {
            BiometricPrompt.BIOMETRIC_ERROR_CANCELED -> Answer.TAKEN_AWAY
            BiometricPrompt.BIOMETRIC_ERROR_NO_BIOMETRICS,
            BiometricPrompt.BIOMETRIC_ERROR_HW_NOT_PRESENT,
            BiometricPrompt.BIOMETRIC_ERROR_HW_UNAVAILABLE,
            -> Answer.NOTHING_TO_ASK
            else -> Answer.NO
        },
    )
}
