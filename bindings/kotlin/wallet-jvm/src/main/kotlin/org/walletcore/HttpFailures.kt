package org.walletcore

import java.io.IOException
import java.net.BindException
import java.net.ConnectException
import java.net.MalformedURLException
import java.net.NoRouteToHostException
import java.net.SocketTimeoutException
import java.net.UnknownHostException
import javax.net.ssl.SSLHandshakeException
import javax.net.ssl.SSLPeerUnverifiedException

/**
 * What a failure says about where the call is now. `Unreachable` and `Tls` promise that nothing of it left the phone, so
 * only what certainly comes before the request is one of them.
 */
internal fun httpFailure(failure: Throwable): PortException = when (failure) {
    is PortException -> failure
    is SocketTimeoutException -> PortException.TimedOut()
    is UnknownHostException, is ConnectException, is NoRouteToHostException, is BindException ->
        PortException.Unreachable()
    is SSLHandshakeException, is SSLPeerUnverifiedException -> PortException.Tls()
    is MalformedURLException -> PortException.Unexpected(failure.javaClass.name)
    is IOException -> PortException.Interrupted()
    else -> PortException.Unexpected(failure.javaClass.name)
}
