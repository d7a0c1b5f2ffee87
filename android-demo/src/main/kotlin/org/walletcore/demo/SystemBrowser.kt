package org.walletcore.demo

import android.content.ActivityNotFoundException
import android.content.Intent
import android.net.Uri
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.launch
import org.walletcore.android.ForegroundActivity
import org.walletcore.demo.model.Browser

/** Hands an address to the app that the citizen opens such addresses with. Nothing of the wallet goes with it. */
class SystemBrowser(private val scope: CoroutineScope, private val foreground: ForegroundActivity) : Browser {
    override fun open(address: String) {
        scope.launch {
            try {
                foreground.await().startActivity(Intent(Intent.ACTION_VIEW, Uri.parse(address)).addCategory(Intent.CATEGORY_BROWSABLE))
            } catch (_: ActivityNotFoundException) {
                // Nothing on this phone opens it. The address was on the button, to be read.
            }
        }
    }
}
