package org.walletcore.android

import android.content.Context
import android.os.SystemClock
import android.provider.Settings
import org.walletcore.Clock
import org.walletcore.Moment

/** The phone's clocks: time since boot counts sleep, and the number of boots tells one start from the next. */
class AndroidClock(context: Context) : Clock {
    private val resolver = context.applicationContext.contentResolver

    /** The number does not change while this process lives. */
    private val boot by lazy { Settings.Global.getInt(resolver, Settings.Global.BOOT_COUNT).toString() }

    override fun now() = Moment(
        wallSeconds = System.currentTimeMillis() / MS_PER_SECOND,
        sinceBootMs = SystemClock.elapsedRealtime().toULong(),
        bootId = boot,
    )

    private companion object {
        const val MS_PER_SECOND = 1000
    }
}
