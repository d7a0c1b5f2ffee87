package org.walletcore.testing

import java.io.File
import org.walletcore.Clock
import org.walletcore.Moment

/** This machine's clocks. A test may break it. */
class TestClock : Clock {
    private val boot = File("/proc/sys/kernel/random/boot_id").readText().trim()

    /** What it throws from now on, where it throws. */
    @Volatile var thrown: Throwable? = null

    override fun now(): Moment {
        thrown?.let { throw it }
        val sinceBoot = File("/proc/uptime").readText().substringBefore(' ').toDouble()
        return Moment(System.currentTimeMillis() / 1000, (sinceBoot * 1000).toULong(), boot)
    }
}
