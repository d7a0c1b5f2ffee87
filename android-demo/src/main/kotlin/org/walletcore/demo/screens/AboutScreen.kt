package org.walletcore.demo.screens

import org.walletcore.demo.R
import org.walletcore.demo.design.Type
import org.walletcore.demo.design.card
import org.walletcore.demo.design.heading
import org.walletcore.demo.design.note
import org.walletcore.demo.design.page
import org.walletcore.demo.design.text
import org.walletcore.demo.model.Model

/** What is inside, by name and licence. */
private val INSIDE = listOf(
    "wallet-core" to "Apache-2.0 / MIT",
    "Kotlin, kotlinx.coroutines" to "Apache-2.0",
    "JNA" to "Apache-2.0 / LGPL-2.1",
    "ZXing" to "Apache-2.0",
    "UniFFI" to "MPL-2.0",
    "SQLite" to "Public Domain",
    "RustCrypto, rusqlite, serde, futures" to "Apache-2.0 / MIT",
)

internal fun about(model: Model) = Picture {
    page(words(R.string.settings_about), back = { model.navigator.back() }) {
        text(ui.words(R.string.settings_about_text))
        val app = ui.context.packageManager.getPackageInfo(ui.context.packageName, 0)
        note(ui.words(R.string.about_version, app.versionName.orEmpty()))
        heading(ui.words(R.string.about_inside))
        INSIDE.forEach { (name, licence) ->
            card {
                text(name, Type.STRONG)
                note(licence)
            }
        }
    }
}
