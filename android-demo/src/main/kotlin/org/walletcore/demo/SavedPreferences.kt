package org.walletcore.demo

import android.content.Context
import java.util.Locale
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import org.walletcore.demo.model.Preferences

/** What the citizen chose, in the app's own folder. Until they choose, the phone's language counts. */
class SavedPreferences(context: Context) : Preferences {
    private val saved = context.getSharedPreferences("preferences", Context.MODE_PRIVATE)
    private val chosen = MutableStateFlow(known(saved.getString(LANGUAGE, null) ?: Locale.getDefault().language))

    override val language: StateFlow<Locale> get() = chosen

    override var lockAfterMinutes: Int
        get() = saved.getInt(LOCK, Preferences.LOCK_MINUTES[1])
        set(minutes) = saved.edit().putInt(LOCK, minutes).apply()

    override fun choose(language: Locale) {
        saved.edit().putString(LANGUAGE, language.language).apply()
        chosen.value = known(language.language)
    }

    private fun known(language: String) =
        Preferences.LANGUAGES.firstOrNull { it.language == language } ?: Preferences.LANGUAGES.first()

    private companion object {
        const val LANGUAGE = "language"
        const val LOCK = "lock_after_minutes"
    }
}
