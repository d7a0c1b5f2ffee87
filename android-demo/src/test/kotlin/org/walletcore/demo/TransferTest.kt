package org.walletcore.demo

import java.io.File
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.walletcore.Code
import org.walletcore.code
import org.walletcore.demo.model.Screen
import org.walletcore.testing.Pilot
import org.walletcore.testing.Pilot.Party
import org.walletcore.testing.TestWallet

/** A wallet that goes to another phone, and to another wallet. */
@RunWith(RobolectricTestRunner::class)
class TransferTest {
    private val citizen = Citizen()
    private val passphrase = "four words nobody guesses"

    private fun opens(title: Int, screen: Screen) {
        citizen.taps(citizen.words(R.string.settings_title))
        citizen.waitsFor(citizen.words(R.string.settings_trust_about))
        citizen.taps(citizen.words(title))
        citizen.waitsForScreen(screen)
    }

    @Test fun `a backup is saved, the wallet erased, and made anew from it`() {
        citizen.begins()
        citizen.receives(runBlocking { Pilot.world().issuer(Party.EU).offer })
        opens(R.string.backup_title, Screen.BackUp)
        citizen.types(passphrase, "another one")
        citizen.taps(citizen.words(R.string.choose_place))
        citizen.waitsFor(citizen.words(R.string.passphrase_different))
        citizen.types(passphrase, passphrase)
        citizen.taps(citizen.words(R.string.choose_place))
        val backup = Picker(citizen).chooses()
        citizen.waitsFor(citizen.words(R.string.file_saved))
        citizen.photographs("backup")

        citizen.model.navigator.push(Screen.Erase)
        citizen.waitsForScreen(Screen.Erase)
        citizen.ticks()
        citizen.taps(citizen.words(R.string.erase_yes))
        citizen.waitsForScreen(Screen.Begin)
        citizen.taps(citizen.words(R.string.restore_title))
        citizen.waitsForScreen(Screen.Restore)
        citizen.photographs("restore")
        citizen.types("the wrong passphrase", Citizen.PIN, Citizen.PIN)
        citizen.taps(citizen.words(R.string.choose_file))
        Picker(citizen).chooses(backup.toByteArray())
        citizen.waits("the refusal") { citizen.model.transfer.task.state.value.failure?.code == Code.BACKUP_PASSPHRASE_WRONG }
        assertFalse("nothing is left of it", File(citizen.app.noBackupFilesDir, "vault.db").exists())

        citizen.types(passphrase, Citizen.PIN, Citizen.PIN)
        citizen.taps(citizen.words(R.string.choose_file))
        Picker(citizen).chooses(backup.toByteArray())
        citizen.waitsForScreen(Screen.ShowRecoveryKey)
        val groups = citizen.model.newKey.groups
        citizen.taps(citizen.words(R.string.recovery_written))
        citizen.waitsForScreen(Screen.ConfirmRecoveryKey)
        citizen.types(*citizen.model.newKey.asked.map { groups[it] }.toTypedArray())
        citizen.taps(citizen.words(R.string.go_on))
        citizen.waitsForScreen(Screen.Documents)
        // Keys in hardware stay in the old phone, so what they belong to is asked for again.
        citizen.waitsFor(citizen.words(R.string.reissue_see))
        citizen.taps(citizen.words(R.string.reissue_see))
        citizen.waitsFor(citizen.words(R.string.reissue_about))
        citizen.photographs("reissue")

        val waiting = citizen.model.documents.toReissue.value.size
        citizen.taps(citizen.words(R.string.reissue_dismiss))
        citizen.taps(citizen.words(R.string.delete_yes))
        citizen.waits("that it is off the list") { citizen.model.documents.toReissue.value.size == waiting - 1 }

        citizen.model.settings.lock()
        citizen.waitsForScreen(Screen.Unlock)
        citizen.types(Citizen.PIN)
        citizen.taps(citizen.words(R.string.unlock))
        citizen.waitsForScreen(Screen.Documents)
    }

    @Test fun `the list of another wallet is taken over`() {
        val list = runBlocking {
            TestWallet.stocked().use { it.exportMigration(passphrase.toByteArray()).`object` }
        }
        citizen.begins()
        opens(R.string.move_in_title, Screen.MoveIn)
        citizen.types(passphrase)
        citizen.taps(citizen.words(R.string.choose_file))
        Picker(citizen).chooses(ByteArray(5 shl 20))
        citizen.waits("the refusal") { citizen.model.transfer.task.state.value.failure?.code == Code.BACKUP_TOO_LARGE }
        citizen.types(passphrase)
        citizen.taps(citizen.words(R.string.choose_file))
        Picker(citizen).chooses(list.toByteArray())
        citizen.waitsFor(citizen.words(R.string.reissue_see))
        citizen.taps(citizen.words(R.string.reissue_see))
        citizen.waitsFor(citizen.words(R.string.reissue_moved))
        assertTrue(citizen.model.documents.toReissue.value.size > 1)
        citizen.model.history.open()
        citizen.waitsFor(citizen.words(R.string.history_past))
        citizen.photographs("history-past")
    }

    @Test fun `a list for another wallet is saved`() {
        citizen.begins()
        citizen.receives(runBlocking { Pilot.world().issuer(Party.CA).offer })
        opens(R.string.move_out_title, Screen.MoveOut)
        citizen.types(passphrase, passphrase)
        citizen.taps(citizen.words(R.string.choose_place))
        val written = Picker(citizen).chooses()
        citizen.waitsFor(citizen.words(R.string.file_saved))
        citizen.photographs("move-out")
        val other = runBlocking { TestWallet.make().use { it.importMigration(written.toByteArray(), passphrase.toByteArray()) } }
        assertEquals(0uL, other.known)
        assertTrue(other.credentials > 0uL)
    }
}
