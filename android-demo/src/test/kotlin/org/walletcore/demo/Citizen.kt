package org.walletcore.demo

import android.app.Activity
import android.content.Intent
import android.graphics.Bitmap
import android.graphics.Canvas
import android.net.Uri
import android.os.Looper
import android.view.View
import android.view.ViewGroup
import android.widget.CheckBox
import android.widget.EditText
import android.widget.TextView
import java.io.File
import org.robolectric.Robolectric
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.android.controller.ActivityController
import org.walletcore.demo.model.Model
import org.walletcore.demo.model.Screen

/** Somebody who looks at the screen, reads it, types and taps. */
class Citizen(private val language: String = "en") {
    val app: TestApp = RuntimeEnvironment.getApplication() as TestApp
    val model: Model get() = app.model
    private lateinit var window: ActivityController<MainActivity>
    val activity: Activity get() = window.get()

    /** Opens the app. */
    fun opens() {
        model.preferences.choose(java.util.Locale(language))
        window = Robolectric.buildActivity(MainActivity::class.java).setup()
        shadowOf(Looper.getMainLooper()).idle()
    }

    /** Follows a link from another app. */
    fun follows(link: String) {
        Robolectric.buildActivity(LinkActivity::class.java, Intent(Intent.ACTION_VIEW, Uri.parse(link))).create()
    }

    /** Words of the app in the citizen's language. */
    fun words(id: Int, vararg arguments: Any): String =
        app.speaking(java.util.Locale(language)).getString(id, *arguments)

    val locale: java.util.Locale get() = java.util.Locale(language)

    fun counted(id: Int, count: Int): String = app.speaking(locale).resources.getQuantityString(id, count, count)

    /** Turns the phone: the Activity is made anew. */
    fun turns() {
        window.recreate()
        idles()
    }

    /** What the system keeps of the Activity, when it may end the app. */
    fun saves(state: android.os.Bundle) {
        window.saveInstanceState(state)
    }

    fun idles() = repeat(40) {
        shadowOf(Looper.getMainLooper()).idle()
        Thread.sleep(5)
    }

    /** Types a PIN on the lock screen. */
    fun unlocks(pin: String = PIN) {
        waits("the PIN's field") { views().any { it is EditText } && canTap(words(R.string.unlock)) }
        types(pin)
        taps(words(R.string.unlock))
        waits("what came of the PIN") { !model.unlock.task.state.value.busy }
    }

    fun views(): List<View> = all(activity.window.decorView).filter { it.isShown }

    fun reads(): List<String> = views().filterIsInstance<TextView>().map { it.text.toString() }

    fun sees(text: String): Boolean = reads().any { text in it }

    fun taps(text: String) {
        val view = views().firstOrNull { it.isClickable && ((it as? TextView)?.text?.toString() == text || it.contentDescription?.startsWith(text) == true) }
            ?: views().filterIsInstance<TextView>().firstOrNull { text in it.text }?.let(::clickable)
            ?: throw AssertionError("there is no “$text” to tap in ${reads()}")
        check(view.isEnabled) { "“$text” is not enabled" }
        view.performClick()
    }

    fun canTap(text: String): Boolean = views().any { (it as? TextView)?.text?.toString() == text && it.isClickable && it.isEnabled }

    fun ticks() = views().filterIsInstance<CheckBox>().single().performClick()

    /** Types into the fields from the top. */
    fun types(vararg texts: String) {
        val fields = views().filterIsInstance<EditText>()
        check(fields.size == texts.size) { "${fields.size} fields" }
        fields.zip(texts.toList()).forEach { (field, text) -> field.setText(text) }
    }

    /** Waits for something that happens on another thread. */
    fun waits(what: String, until: () -> Boolean) {
        val end = System.nanoTime() + 60_000_000_000
        while (!until()) {
            if (System.nanoTime() > end) throw AssertionError("waited for $what and read ${reads()}")
            shadowOf(Looper.getMainLooper()).idle()
            Thread.sleep(5)
        }
        // What came is drawn, too.
        shadowOf(Looper.getMainLooper()).idle()
    }

    fun waitsFor(text: String) = waits("“$text”") { sees(text) }

    fun waitsForScreen(screen: Screen) = waits(screen.toString()) { model.navigator.current == screen && views().size > 3 }

    /** The app's own part of the window. */
    fun screen(): View = activity.requireViewById<ViewGroup>(android.R.id.content).getChildAt(0)

    /** What is on the screen, drawn. */
    fun picture(): Bitmap {
        shadowOf(Looper.getMainLooper()).idle()
        val view = activity.window.decorView
        return Bitmap.createBitmap(view.width, view.height, Bitmap.Config.ARGB_8888).also { view.draw(Canvas(it)) }
    }

    /** Puts a picture of the screen into `target/screens`. */
    fun photographs(name: String) = ContactSheet.write(picture(), File(System.getProperty("screens"), "$name-$language.png"))

    /** Begins with a new wallet and comes to the empty list of documents. Gives the recovery key. */
    fun begins(pin: String = PIN): String {
        opens()
        waitsForScreen(Screen.Begin)
        return begun(pin)
    }

    /** From the first screen, which is open, to the empty list of documents. Gives the recovery key. */
    fun begun(pin: String = PIN): String {
        types(pin, pin)
        taps(words(R.string.begin_make))
        waitsForScreen(Screen.ShowRecoveryKey)
        val groups = model.newKey.groups
        taps(words(R.string.recovery_written))
        waitsForScreen(Screen.ConfirmRecoveryKey)
        types(*model.newKey.asked.map { groups[it].lowercase() }.toTypedArray())
        taps(words(R.string.go_on))
        waitsForScreen(Screen.Documents)
        waitsFor(words(R.string.documents_none))
        return groups.joinToString("-")
    }

    /** Takes an offer all the way. */
    fun receives(offer: String) {
        follows(offer)
        waitsFor(words(R.string.offer_title))
        taps(words(R.string.go_on))
        waitsFor(words(R.string.preview_title))
        taps(words(R.string.preview_keep))
        waits("what was kept") { canTap(words(R.string.done)) }
        taps(words(R.string.done))
        waitsForScreen(Screen.Documents)
    }

    private fun clickable(view: View): View? =
        generateSequence(view) { it.parent as? View }.firstOrNull { it.isClickable }

    private fun all(view: View): List<View> =
        if (view is ViewGroup) listOf(view) + (0 until view.childCount).flatMap { all(view.getChildAt(it)) } else listOf(view)

    companion object {
        const val PIN = "481516"
    }
}
