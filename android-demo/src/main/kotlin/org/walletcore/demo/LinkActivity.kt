package org.walletcore.demo

import android.app.Activity
import android.content.Intent
import android.os.Bundle
import org.walletcore.Source

/** Where links of other apps arrive. It shows nothing: it hands the text to the model, which trusts none of it. */
class LinkActivity : Activity() {
    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        val launchedFromRecents = intent.flags and Intent.FLAG_ACTIVITY_LAUNCHED_FROM_HISTORY != 0
        val link = intent.takeIf { it.action == Intent.ACTION_VIEW && state == null && !launchedFromRecents }?.dataString
        if (link != null) (application as WalletApp).model.arrived(link, Source.LINK)
        startActivity(Intent(this, MainActivity::class.java))
        finish()
    }
}
