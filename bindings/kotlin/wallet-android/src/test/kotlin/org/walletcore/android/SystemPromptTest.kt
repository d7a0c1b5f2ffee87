package org.walletcore.android

import android.app.Activity
import android.app.Application
import android.app.KeyguardManager
import android.hardware.biometrics.BiometricPrompt
import android.hardware.biometrics.BiometricPrompt.CryptoObject
import android.os.Build
import java.security.Signature
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.android.controller.ActivityController
import org.robolectric.annotation.Config
import org.walletcore.PortException

@RunWith(RobolectricTestRunner::class)
@Config(shadows = [DialogOnScreen::class])
class SystemPromptTest {
    private val application: Application = RuntimeEnvironment.getApplication()
    private val prompt = SystemPrompt(application, ForegroundActivity.of(application)) { PromptWords("Cancel", "Use?") }
    private val crypto = CryptoObject(Signature.getInstance("SHA256withECDSA"))
    private val question = Question("Share with Town Hall", "Town Hall")

    @Before fun forget() = DialogOnScreen.all.clear()

    private fun shown(): ActivityController<Activity> = Robolectric.buildActivity(Activity::class.java).setup()

    private fun dialog(number: Int = 1): DialogOnScreen {
        mainThreadUntil { DialogOnScreen.all.size >= number }
        return DialogOnScreen.all[number - 1]
    }

    private fun failure(result: Result<Unit>) = result.exceptionOrNull()?.javaClass

    @Test fun `yes is yes and the words are those of the question`() {
        shown()
        val asked = beside { prompt.ask(question, crypto) }
        val dialog = dialog()
        assertEquals(listOf("Share with Town Hall", "Town Hall", "Cancel"), listOf(dialog.title, dialog.subtitle, dialog.negative))
        assertEquals(crypto, dialog.crypto)
        dialog.callback!!.onAuthenticationSucceeded(null)
        assertTrue(asked.result().isSuccess)
    }

    @Test fun `every no is cancelled`() {
        shown()
        for (code in listOf(BiometricPrompt.BIOMETRIC_ERROR_USER_CANCELED, BiometricPrompt.BIOMETRIC_ERROR_LOCKOUT)) {
            DialogOnScreen.all.clear()
            val asked = beside { prompt.ask(question, crypto) }
            dialog().callback!!.onAuthenticationError(code, "Jane Doe")
            assertEquals(PortException.Cancelled::class.java, failure(asked.result()))
        }
        DialogOnScreen.all.clear()
        val asked = beside { prompt.ask(question, crypto) }
        dialog().pressNegative()
        dialog().callback!!.onAuthenticationError(BiometricPrompt.BIOMETRIC_ERROR_USER_CANCELED, null)
        assertEquals(PortException.Cancelled::class.java, failure(asked.result()))
    }

    @Test fun `a phone with nothing to ask for has no such level`() {
        shown()
        val asked = beside { prompt.ask(question, crypto) }
        dialog().callback!!.onAuthenticationError(BiometricPrompt.BIOMETRIC_ERROR_NO_BIOMETRICS, null)
        assertEquals(PortException.LevelNotAvailable::class.java, failure(asked.result()))
    }

    @Test fun `a finger that is not recognised is no answer yet`() {
        shown()
        val asked = beside { prompt.ask(question, crypto) }
        dialog().callback!!.onAuthenticationFailed()
        dialog().callback!!.onAuthenticationSucceeded(null)
        assertTrue(asked.result().isSuccess)
    }

    @Test fun `the question survives the loss of its Activity`() {
        val first = shown()
        val asked = beside { prompt.ask(question, crypto) }
        val lost = dialog()
        first.pause().stop().destroy()
        lost.callback!!.onAuthenticationError(BiometricPrompt.BIOMETRIC_ERROR_CANCELED, null)
        mainThreadUntil { true }
        assertEquals("nothing is asked while nobody looks", 1, DialogOnScreen.all.size)
        shown()
        dialog(2).callback!!.onAuthenticationSucceeded(null)
        assertTrue(asked.result().isSuccess)
    }

    @Test fun `what the system takes away under the eyes of the citizen does not come again`() {
        shown()
        val asked = beside { prompt.ask(question, crypto) }
        dialog().callback!!.onAuthenticationError(BiometricPrompt.BIOMETRIC_ERROR_CANCELED, null)
        assertEquals(PortException.Cancelled::class.java, failure(asked.result()))
    }

    @Test fun `a question waits for an Activity`() {
        val asked = beside { prompt.ask(question, crypto) }
        mainThreadUntil { true }
        assertEquals(0, DialogOnScreen.all.size)
        shown()
        dialog().callback!!.onAuthenticationSucceeded(null)
        assertTrue(asked.result().isSuccess)
    }

    @Test fun `a caller that is cancelled takes the dialog along`() {
        shown()
        val asked = beside { prompt.ask(question, crypto) }
        val dialog = dialog()
        asked.cancel()
        mainThreadUntil { dialog.cancel!!.isCanceled }
    }

    @Test fun `the screen lock serves where nothing is bound to one use`() {
        val activity = shown().get()
        val asked = beside { prompt.ask(question, null) }
        if (Build.VERSION.SDK_INT >= 30) {
            assertNull("the screen lock takes the place of the button", dialog().negative)
            dialog().callback!!.onAuthenticationSucceeded(null)
        } else {
            screenLock(activity, Activity.RESULT_OK)
        }
        assertTrue(asked.result().isSuccess)
    }

    @Test
    @Config(sdk = [28])
    fun `no at the screen lock is cancelled`() {
        val activity = shown().get()
        val asked = beside { prompt.ask(question, null) }
        screenLock(activity, Activity.RESULT_CANCELED)
        assertEquals(PortException.Cancelled::class.java, failure(asked.result()))
    }

    /** Plays the system: starts our Activity, and gives the answer of the screen lock's own. */
    private fun screenLock(over: Activity, answer: Int) {
        shadowOf(application.getSystemService(KeyguardManager::class.java)).setIsDeviceSecure(true)
        mainThreadUntil { shadowOf(over).peekNextStartedActivity() != null }
        val intent = shadowOf(over).nextStartedActivity
        assertTrue("the Intent says nothing", intent.extras!!.keySet() == setOf("id"))
        val ours = Robolectric.buildActivity(ScreenLockActivity::class.java, intent).setup().get()
        val systems = shadowOf(ours).nextStartedActivityForResult
        shadowOf(ours).receiveResult(systems.intent, answer, null)
        assertTrue(ours.isFinishing)
    }
}
