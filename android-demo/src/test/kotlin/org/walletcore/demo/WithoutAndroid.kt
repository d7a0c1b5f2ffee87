package org.walletcore.demo

import java.io.InputStream
import java.io.OutputStream
import java.util.Locale
import kotlinx.coroutines.flow.MutableStateFlow
import org.walletcore.demo.model.Camera
import org.walletcore.demo.model.Files
import org.walletcore.demo.model.Phone
import org.walletcore.demo.model.Preferences
import org.walletcore.demo.model.Words

// What presenters need of a phone, where no test of theirs is about it.

internal class PlainPreferences : Preferences {
    override val language = MutableStateFlow(Locale.ENGLISH)
    override var lockAfterMinutes = 5
    override fun choose(language: Locale) = Unit
}

internal object NoWords : Words {
    override val setPin = ""
    override val unlock = ""
    override val receive = ""
    override fun shareWith(verifier: String) = ""
}

/** A phone with neither picker, printer, camera, browser nor biometrics. */
internal fun barePhone() = Phone(
    object : Files {
        override suspend fun save(name: String, type: String, write: suspend (OutputStream) -> Unit) = false
        override suspend fun <T> open(read: suspend (InputStream) -> T): T? = null
    },
    { },
    object : Camera {
        override val isThere = false
        override suspend fun mayBeUsed() = false
    },
    { },
    { false },
)
