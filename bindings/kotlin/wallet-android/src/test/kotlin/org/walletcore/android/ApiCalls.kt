package org.walletcore.android

import android.app.Activity
import android.os.SystemProperties

// Classes for the test of the API check, which looks at class files.

class CallsWhatIsThere(private val activity: Activity) {
    fun call() = activity.finish()
}

class CallsWhatIsHidden {
    fun call(): String = SystemProperties.get("ro.product.model")
}

class CallsWhatCameWith31(private val activity: Activity) {
    fun call(): Boolean = activity.isLaunchedFromBubble
}

/** The call stands on a class of our own, not on the framework's. */
class OwnActivity : Activity() {
    fun call(): Boolean = isLaunchedFromBubble
}
