package org.walletcore.android

import android.hardware.biometrics.BiometricPrompt
import android.os.CancellationSignal
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.Executor
import org.robolectric.annotation.Implementation
import org.robolectric.annotation.Implements
import org.robolectric.annotation.RealObject
import org.robolectric.util.ReflectionHelpers

/** Stands in for the system's side of the biometric dialog, which Robolectric does not have. */
@Implements(BiometricPrompt::class)
class DialogOnScreen {
    @RealObject lateinit var prompt: BiometricPrompt
    var crypto: BiometricPrompt.CryptoObject? = null
    var cancel: CancellationSignal? = null
    var callback: BiometricPrompt.AuthenticationCallback? = null

    val title get() = words("mTitle", "title")
    val subtitle get() = words("mSubtitle", "subtitle")
    val negative get() = words("mNegativeButtonText", "negative_text")

    @Implementation
    fun authenticate(
        crypto: BiometricPrompt.CryptoObject,
        cancel: CancellationSignal,
        executor: Executor,
        callback: BiometricPrompt.AuthenticationCallback,
    ) {
        this.crypto = crypto
        authenticate(cancel, executor, callback)
    }

    @Implementation
    fun authenticate(cancel: CancellationSignal, executor: Executor, callback: BiometricPrompt.AuthenticationCallback) {
        this.cancel = cancel
        this.callback = callback
        all += this
    }

    /** As the citizen does. */
    fun pressNegative() {
        val button = ReflectionHelpers.getField<Any>(prompt, "mNegativeButtonInfo")
        val listener = ReflectionHelpers.getField<android.content.DialogInterface.OnClickListener>(button, "listener")
        listener.onClick(null, 0)
    }

    /** API 28 keeps the words in a Bundle, later levels in an object. */
    private fun words(field: String, key: String): CharSequence? {
        val names = BiometricPrompt::class.java.declaredFields.map { it.name }
        if ("mBundle" in names) return ReflectionHelpers.getField<android.os.Bundle>(prompt, "mBundle").getCharSequence(key)
        val info = ReflectionHelpers.getField<Any>(prompt, "mPromptInfo")
        return ReflectionHelpers.getField(info, field)
    }

    companion object {
        /** All that were shown, the oldest first. */
        val all = CopyOnWriteArrayList<DialogOnScreen>()
    }
}
