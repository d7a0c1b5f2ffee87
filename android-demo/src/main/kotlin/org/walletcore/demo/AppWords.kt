package org.walletcore.demo

import android.content.Context
import org.walletcore.demo.model.Preferences
import org.walletcore.demo.model.Words

/** The sentences of the platform's dialogs, in the language of this moment. */
class AppWords(private val context: Context, private val preferences: Preferences) : Words {
    override val setPin get() = words(R.string.prompt_set_pin)
    override val unlock get() = words(R.string.prompt_unlock)
    override val receive get() = words(R.string.prompt_receive)
    override fun shareWith(verifier: String) = words(R.string.prompt_share, verifier)
    val cancel get() = words(R.string.cancel)
    val useBiometrics get() = words(R.string.prompt_use_biometrics)

    private fun words(id: Int, vararg arguments: Any): String =
        context.speaking(preferences.language.value).getString(id, *arguments)
}
