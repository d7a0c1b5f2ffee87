package org.walletcore.android

import android.os.SystemClock
import android.provider.Settings
import org.junit.Assert.assertEquals
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment

@RunWith(RobolectricTestRunner::class)
class AndroidClockTest {
    private val context = RuntimeEnvironment.getApplication()

    private fun boot(count: Int) = Settings.Global.putInt(context.contentResolver, Settings.Global.BOOT_COUNT, count)

    @Test fun `time since boot goes on and the number of boots names the boot`() {
        boot(7)
        val clock = AndroidClock(context)
        val before = clock.now()
        assertEquals("7", before.bootId)
        SystemClock.setCurrentTimeMillis(SystemClock.uptimeMillis() + 1500)
        val after = clock.now()
        assertTrue(after.sinceBootMs >= before.sinceBootMs + 1500u)
        assertTrue(after.wallSeconds in 1_600_000_000L..10_000_000_000L)
        boot(8)
        assertEquals("8", AndroidClock(context).now().bootId)
    }

    @Test fun `a phone that does not count its boots gives no time`() {
        assertThrows(Settings.SettingNotFoundException::class.java) { AndroidClock(context).now() }
    }
}
