package org.walletcore

import java.net.CookieHandler
import java.net.URL
import java.net.URLConnection
import kotlin.coroutines.resumeWithException
import kotlin.coroutines.resume
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.launch
import kotlinx.coroutines.suspendCancellableCoroutine
import kotlinx.coroutines.withTimeoutOrNull

/**
 * HTTPS by the platform: its trust store, its proxy, the app's network security configuration.
 *
 * Each call has a connection of its own, follows no redirect, uses no cache, asks for no compression, names neither app nor
 * library, and is sent once. The platform would add cookies by itself where the app has set a process-wide
 * [CookieHandler]; then every call fails instead. A call that is cancelled or takes too long is disconnected.
 *
 * It is made for Android. On a desktop's JVM the answer 401 to a POST comes without its body, since that stack has
 * thrown it away.
 *
 * @param open makes the connection, for an app that pins certificates or has trust of its own
 */
class SystemHttpClient(private val open: (URL) -> URLConnection) : HttpClient {
    constructor() : this(URL::openConnection)

    override suspend fun send(request: HttpRequest): HttpResponse {
        if (CookieHandler.getDefault() != null) throw PortException.Unexpected(CookieHandler::class.java.name)
        val call = HttpCall(open, request)
        return withTimeoutOrNull(request.timeoutMs.toLong()) { answer(call) } ?: throw PortException.TimedOut()
    }

    private suspend fun answer(call: HttpCall): HttpResponse = suspendCancellableCoroutine { continuation ->
        continuation.invokeOnCancellation { threads.launch { call.abandon() } }
        threads.launch {
            try {
                val response = call.run()
                continuation.resume(response)
            } catch (failure: Throwable) {
                continuation.resumeWithException(httpFailure(failure))
            }
        }
    }

    private companion object {
        /** Of our own, so that stalled calls take no thread from the app; those that were given up end by themselves. */
        val threads = CoroutineScope(SupervisorJob() + Dispatchers.IO.limitedParallelism(64))
    }
}
