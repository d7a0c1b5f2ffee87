package org.walletcore.testkit

import android.os.Looper

/** Keys in hardware take up to seconds: whoever asks for one on the main thread freezes the screen. */
internal object MainThread {
    fun refuse() = check(Looper.getMainLooper().thread !== Thread.currentThread()) { "the Keystore on the main thread" }
}
