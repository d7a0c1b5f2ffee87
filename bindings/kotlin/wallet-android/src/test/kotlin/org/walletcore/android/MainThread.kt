package org.walletcore.android

import android.os.Looper
import java.util.concurrent.TimeUnit
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.runBlocking
import org.robolectric.Shadows.shadowOf

/** Begins `work` beside the main thread, which is the test's own. */
fun <T> beside(work: suspend () -> T): Deferred<Result<T>> =
    CoroutineScope(Dispatchers.Default).async { runCatching { work() } }

/** Lets the main thread go on until `done`. */
fun mainThreadUntil(done: () -> Boolean) {
    val end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20)
    while (!done()) {
        check(System.nanoTime() < end) { "it does not happen" }
        shadowOf(Looper.getMainLooper()).idle()
        Thread.sleep(1)
    }
}

/** What became of `work`, with the main thread going on meanwhile. */
fun <T> Deferred<Result<T>>.result(): Result<T> {
    mainThreadUntil { isCompleted }
    return runBlocking { await() }
}
