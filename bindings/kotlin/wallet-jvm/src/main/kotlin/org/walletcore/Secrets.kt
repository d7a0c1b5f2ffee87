package org.walletcore

import java.nio.CharBuffer
import java.nio.charset.CodingErrorAction

/**
 * What somebody typed, as the UTF-8 bytes that the wallet takes, without a `String` in between: text fields of Android
 * hold characters that can be cleared, a `String` cannot. Half a surrogate pair becomes `?`.
 */
fun CharSequence.toSecret(): ByteArray {
    val encoder = Charsets.UTF_8.newEncoder()
        .onMalformedInput(CodingErrorAction.REPLACE).onUnmappableCharacter(CodingErrorAction.REPLACE)
    val encoded = encoder.encode(CharBuffer.wrap(this))
    return ByteArray(encoded.remaining()).also {
        encoded.get(it)
        encoded.array().fill(0)
    }
}

internal val Unlock.secret: ByteArray?
    get() = when (this) {
        is Unlock.Passphrase -> v1
        is Unlock.Pin -> v1
        is Unlock.RecoveryKey -> v1
        Unlock.Biometrics -> null
    }

internal val NewUnlock.secret: ByteArray?
    get() = when (this) {
        is NewUnlock.Passphrase -> v1
        is NewUnlock.Pin -> v1
        NewUnlock.Biometrics -> null
    }

/** Wipes the secrets when `call` has ended, whatever came of it. */
internal inline fun <T> wiping(vararg secrets: ByteArray?, call: () -> T): T = try {
    call()
} finally {
    secrets.forEach { it?.fill(0) }
}
