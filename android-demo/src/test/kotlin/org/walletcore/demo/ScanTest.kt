package org.walletcore.demo

import android.Manifest
import android.content.pm.PackageManager
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import org.walletcore.demo.model.ScanPresenter.State
import org.walletcore.demo.model.Screen
import org.walletcore.testing.Pilot
import org.walletcore.testing.Pilot.Party

/** Scanning, up to the camera: there is none here. */
@RunWith(RobolectricTestRunner::class)
class ScanTest {
    private val citizen = Citizen()

    private fun beginsToScan() {
        shadowOf(citizen.app.packageManager).setSystemFeature(PackageManager.FEATURE_CAMERA_ANY, true)
        citizen.begins()
        assertTrue("nobody was asked before", shadowOf(citizen.activity).lastRequestedPermission == null)
        citizen.taps(citizen.words(R.string.add_title))
        citizen.waitsForScreen(Screen.Add)
        citizen.taps(citizen.words(R.string.scan_title))
        citizen.waits("the scanner") { citizen.model.navigator.current == Screen.Scan }
    }

    private fun answers(yes: Boolean) {
        if (yes) shadowOf(citizen.app).grantPermissions(Manifest.permission.CAMERA)
        val result = if (yes) PackageManager.PERMISSION_GRANTED else PackageManager.PERMISSION_DENIED
        citizen.waits("the question") { shadowOf(citizen.activity).lastRequestedPermission != null }
        val asked = shadowOf(citizen.activity).lastRequestedPermission
        citizen.activity.onRequestPermissionsResult(asked.requestCode, asked.requestedPermissions, intArrayOf(result))
    }

    @Test fun `without the permission there is another way`() {
        beginsToScan()
        answers(yes = false)
        citizen.waitsFor(citizen.words(R.string.scan_denied))
        citizen.photographs("scan-denied")
        citizen.taps(citizen.words(R.string.scan_paste))
        citizen.waitsForScreen(Screen.Add)
    }

    @Test fun `what was scanned goes the way of every link, once`() {
        beginsToScan()
        answers(yes = true)
        citizen.waits("the camera") { citizen.model.scan.state.value == State.SCANNING }
        citizen.waitsFor(citizen.words(R.string.scan_about))
        citizen.photographs("scan")
        val offer = runBlocking { Pilot.world().issuer(Party.EU).offer }
        repeat(3) { citizen.model.scan.found(offer) }
        citizen.waitsFor(citizen.words(R.string.offer_title))
        assertFalse(citizen.model.links.isWaiting)
    }

    @Test fun `a code that is nothing for a wallet is said to be so`() {
        beginsToScan()
        answers(yes = true)
        citizen.waits("the camera") { citizen.model.scan.state.value == State.SCANNING }
        citizen.model.scan.found("WIFI:S:hotel;T:WPA;P:guest;;")
        citizen.waits("the refusal") { citizen.model.links.task.state.value.failure != null }
        citizen.waitsForScreen(Screen.Add)
        citizen.photographs("scan-nothing")
    }

    @Test fun `where there is no camera, none is offered`() {
        citizen.begins()
        citizen.taps(citizen.words(R.string.add_title))
        citizen.waitsForScreen(Screen.Add)
        assertFalse(citizen.canTap(citizen.words(R.string.scan_title)))
    }
}
