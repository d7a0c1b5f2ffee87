package org.walletcore.demo

import android.content.res.AssetManager
import org.walletcore.ListName
import org.walletcore.demo.model.Trusted

/** The lists of a pilot, built into the app: `assets/trust/EU_ISSUERS.pem` and so on, by the names of the lists. */
class TrustedInAssets(private val assets: AssetManager) : Trusted {
    override suspend fun lists(): List<Trusted.Anchors> {
        val files = assets.list(FOLDER).orEmpty()
        return ListName.values().filter { "${it.name}.pem" in files }.map { list ->
            Trusted.Anchors(list, assets.open("$FOLDER/${list.name}.pem").bufferedReader().use { it.readText() }, "app")
        }
    }

    private companion object {
        const val FOLDER = "trust"
    }
}
