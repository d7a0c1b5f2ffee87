package org.walletcore

import com.sun.jna.Callback
import com.sun.jna.CallbackThreadInitializer
import com.sun.jna.Native

/**
 * Lets a thread of the core that called [callback] stay known to the JVM until it ends. JNA would make a `Thread` for it and
 * forget it again in each call, of which one presentation has about seven. A daemon: it keeps no program from ending.
 */
internal fun keepThreadsOf(callback: Callback) =
    Native.setCallbackThreadInitializer(callback, CallbackThreadInitializer(true, false, CORE_THREAD))

/** The name of the core's threads in the JVM. */
internal const val CORE_THREAD = "wallet-core"
