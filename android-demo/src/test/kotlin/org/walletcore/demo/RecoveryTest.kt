package org.walletcore.demo

import android.graphics.Bitmap
import android.graphics.Canvas
import android.graphics.Color
import android.os.Looper
import java.io.File
import java.time.Duration
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import org.walletcore.GuardKind
import org.walletcore.demo.model.Screen
import org.walletcore.demo.model.Sheet
import org.walletcore.testing.Pilot
import org.walletcore.testing.Pilot.Party
import org.walletcore.testkit.FakeAndroidKeyStore

/** Getting back into a wallet, and who is let in besides. */
@RunWith(RobolectricTestRunner::class)
class RecoveryTest {
    private val citizen = Citizen()

    private fun locks() {
        citizen.model.settings.lock()
        citizen.waitsForScreen(Screen.Unlock)
    }

    private fun unlocks(pin: String) {
        citizen.types(pin)
        citizen.taps(citizen.words(R.string.unlock))
        citizen.waitsForScreen(Screen.Documents)
    }

    private fun opensByKey(key: String, button: Int) {
        citizen.taps(citizen.words(R.string.unlock_by_recovery_key))
        citizen.waitsForScreen(Screen.UnlockByRecoveryKey)
        citizen.types(key)
        citizen.taps(citizen.words(button))
    }

    @Test fun `a forgotten PIN is replaced with the recovery key, and the old one is refused`() {
        val key = citizen.begins()
        locks()
        opensByKey(key.lowercase(), R.string.recovery_new_pin)
        citizen.waitsForScreen(Screen.NewPin)
        citizen.types("592035", "592036")
        citizen.taps(citizen.words(R.string.pin_set))
        citizen.waitsFor(citizen.words(R.string.pin_different))
        citizen.photographs("recovery-new-pin")
        citizen.types("592035", "592035")
        citizen.taps(citizen.words(R.string.pin_set))
        citizen.waitsForScreen(Screen.Documents)
        locks()
        citizen.types(Citizen.PIN)
        citizen.taps(citizen.words(R.string.unlock))
        citizen.waits("the refusal") { citizen.model.unlock.task.state.value.failure != null }
        unlocks("592035")
    }

    @Test fun `a recovery key that is mistyped says where`() {
        val key = citizen.begins()
        locks()
        val groups = key.split("-").toMutableList()
        opensByKey((groups.take(2) + "UUU" + groups.drop(3)).joinToString("-"), R.string.unlock)
        citizen.waitsFor(citizen.words(R.string.recovery_slip_length, 3, 3))
        assertTrue(citizen.sees(citizen.words(R.string.recovery_slip_character, 3, 'U')))
        citizen.photographs("recovery-slip")
        assertTrue("what was typed stays", citizen.sees(groups.last()))
        citizen.types(groups.dropLast(1).joinToString(" "))
        citizen.taps(citizen.words(R.string.unlock))
        citizen.waitsFor(citizen.words(R.string.recovery_slip_count, 6))
        // Two groups changed places: only the check digits can tell.
        citizen.types((listOf(groups[1], groups[0]) + groups.drop(2)).joinToString(" "))
        citizen.taps(citizen.words(R.string.unlock))
        citizen.waitsFor(citizen.words(R.string.recovery_slip_somewhere))
        // As it stands in the file, numbers and all.
        citizen.types(groups.withIndex().joinToString("\n") { (i, group) -> "${i + 1}. $group" })
        citizen.taps(citizen.words(R.string.unlock))
        citizen.waitsForScreen(Screen.Documents)
    }

    @Test fun `the recovery key is saved by the system's picker, and replaced`() {
        citizen.opens()
        citizen.waitsForScreen(Screen.Begin)
        citizen.types(Citizen.PIN, Citizen.PIN)
        citizen.taps(citizen.words(R.string.begin_make))
        citizen.waitsForScreen(Screen.ShowRecoveryKey)
        val old = citizen.model.newKey.groups
        citizen.taps(citizen.words(R.string.recovery_save))
        val file = Picker(citizen).chooses()
        citizen.waitsFor(citizen.words(R.string.file_saved))
        citizen.photographs("recovery-key")
        old.forEach { assertTrue(it in file.toString("UTF-8")) }
        confirms(old)
        citizen.waitsForScreen(Screen.Documents)
        citizen.taps(citizen.words(R.string.settings_title))
        citizen.waitsFor(citizen.words(R.string.settings_trust_about))
        citizen.taps(citizen.words(R.string.recovery_replace))
        citizen.waitsForScreen(Screen.ReplaceRecoveryKey)
        citizen.photographs("recovery-replace")
        citizen.types(Citizen.PIN)
        citizen.taps(citizen.words(R.string.recovery_replace))
        citizen.waitsForScreen(Screen.ShowRecoveryKey)
        val new = citizen.model.newKey.groups
        confirms(new)
        citizen.waitsForScreen(Screen.Settings)
        assertTrue("nobody has it any more but the citizen", citizen.model.newKey.groups.isEmpty())
        locks()
        opensByKey(old.joinToString("-"), R.string.unlock)
        citizen.waits("the refusal") { citizen.model.recovery.task.state.value.failure != null }
        citizen.types(new.joinToString("-"))
        citizen.taps(citizen.words(R.string.unlock))
        citizen.waitsForScreen(Screen.Documents)
    }

    private fun confirms(groups: List<String>) {
        citizen.taps(citizen.words(R.string.recovery_written))
        citizen.waitsForScreen(Screen.ConfirmRecoveryKey)
        citizen.types(*citizen.model.newKey.asked.map { groups[it] }.toTypedArray())
        citizen.taps(citizen.words(R.string.go_on))
    }

    @Test fun `the printed sheet has ink on it, within its margins`() {
        val paper = Bitmap.createBitmap(595, 842, Bitmap.Config.ARGB_8888)
        paper.eraseColor(Color.WHITE)
        SheetPicture(Sheet("Recovery key", "What it is for.", List(7) { "${it + 1}. 7NTF" })).draw(Canvas(paper))
        val inked = (0 until 595).flatMap { x -> (0 until 842).map { y -> x to y } }.filter { (x, y) -> paper.getPixel(x, y) != Color.WHITE }
        assertTrue(inked.size > 500)
        assertTrue(inked.all { (x, y) -> x in 50..545 && y in 50..792 })
    }

    @Test fun `after wrong PINs it says until when to wait`() {
        citizen.begins()
        locks()
        repeat(3) {
            citizen.types("000111")
            citizen.taps(citizen.words(R.string.unlock))
            citizen.waits("the refusal") { !citizen.model.unlock.task.state.value.busy }
        }
        citizen.types(Citizen.PIN)
        citizen.taps(citizen.words(R.string.unlock))
        citizen.waitsFor(citizen.words(R.string.unlock_wait_about))
        citizen.photographs("unlock-wait")
    }

    @Test fun `a wallet is erased only with a tick and a second tap, and begins anew`() {
        citizen.begins()
        citizen.receives(runBlocking { Pilot.world().issuer(Party.EU).offer })
        locks()
        citizen.taps(citizen.words(R.string.unlock_by_recovery_key))
        citizen.waitsForScreen(Screen.UnlockByRecoveryKey)
        citizen.taps(citizen.words(R.string.recovery_lost))
        citizen.waitsForScreen(Screen.Erase)
        assertFalse(citizen.canTap(citizen.words(R.string.erase_yes)))
        citizen.ticks()
        citizen.photographs("erase")
        citizen.taps(citizen.words(R.string.erase_yes))
        citizen.waitsForScreen(Screen.Begin)
        assertFalse(File(citizen.app.noBackupFilesDir, "vault.db").exists())
        // Nothing watches the wallet that is gone.
        shadowOf(Looper.getMainLooper()).idleFor(Duration.ofMinutes(10))
        citizen.begun()
    }

    @Test fun `biometrics are a choice, and others than those chosen are sent to the PIN`() {
        citizen.app.biometrics = true
        citizen.opens()
        citizen.waitsForScreen(Screen.Begin)
        citizen.types(Citizen.PIN, Citizen.PIN)
        citizen.taps(citizen.words(R.string.begin_make))
        citizen.waitsForScreen(Screen.ShowRecoveryKey)
        confirms(citizen.model.newKey.groups)
        citizen.waitsForScreen(Screen.Biometrics)
        citizen.waits("the choice") { citizen.canTap(citizen.words(R.string.biometrics_on)) }
        citizen.photographs("biometrics")
        citizen.types(Citizen.PIN)
        citizen.taps(citizen.words(R.string.biometrics_on))
        citizen.waitsForScreen(Screen.Documents)
        locks()
        citizen.taps(citizen.words(R.string.unlock_by_biometrics))
        citizen.waitsForScreen(Screen.Documents)
        FakeAndroidKeyStore.biometricsChange()
        locks()
        citizen.taps(citizen.words(R.string.unlock_by_biometrics))
        citizen.waitsFor(citizen.words(R.string.biometrics_changed))
        citizen.photographs("biometrics-changed")
        assertFalse(citizen.canTap(citizen.words(R.string.unlock_by_biometrics)))
        unlocks(Citizen.PIN)
        locks()
        assertFalse("the way in is gone", GuardKind.BIOMETRICS in citizen.model.unlock.guards)
    }

    @Test fun `a wallet that is not used warns, stays open when asked to, and locks itself`() {
        citizen.begins()
        val clock = shadowOf(Looper.getMainLooper())
        clock.idleFor(Duration.ofSeconds(265))
        assertEquals(null, citizen.model.lockWatch.secondsLeft.value)
        clock.idleFor(Duration.ofSeconds(15))
        citizen.waits("the warning") { citizen.canTap(citizen.words(R.string.lock_stay)) }
        citizen.photographs("lock-warning")
        citizen.taps(citizen.words(R.string.lock_stay))
        citizen.waits("that it is gone") { !citizen.canTap(citizen.words(R.string.lock_stay)) }
        clock.idleFor(Duration.ofSeconds(200))
        assertEquals(Screen.Documents, citizen.model.navigator.current)
        clock.idleFor(Duration.ofSeconds(120))
        citizen.waitsForScreen(Screen.Unlock)
        assertFalse(citizen.canTap(citizen.words(R.string.lock_stay)))
    }

    @Test fun `a look at a whole wallet says that it is whole`() {
        citizen.begins()
        citizen.taps(citizen.words(R.string.settings_title))
        citizen.waitsFor(citizen.words(R.string.settings_trust_about))
        citizen.taps(citizen.words(R.string.checkup_title))
        citizen.waitsFor(citizen.words(R.string.checkup_whole))
    }
}
