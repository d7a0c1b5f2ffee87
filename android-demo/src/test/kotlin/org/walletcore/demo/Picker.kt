package org.walletcore.demo

import android.app.Activity
import android.content.Intent
import android.net.Uri
import java.io.ByteArrayInputStream
import java.io.ByteArrayOutputStream
import org.robolectric.Shadows.shadowOf

/** The system's file picker, as the citizen answers it. */
class Picker(private val citizen: Citizen) {
    private val resolver get() = shadowOf(citizen.app.contentResolver)

    /** What the app asked for last. */
    private fun asked(action: String): Intent {
        lateinit var question: Intent
        citizen.waits("the picker") {
            val started = shadowOf(citizen.activity).nextStartedActivityForResult
            // The app starts its own Activities, too.
            val isIt = started?.intent?.action == action
            if (isIt) question = started.intent
            isIt
        }
        return question
    }

    /** Chooses a place for a new file, and gives what is written there. */
    fun chooses(): ByteArrayOutputStream {
        val question = asked(Intent.ACTION_CREATE_DOCUMENT)
        val place = Uri.parse("content://files/" + question.getStringExtra(Intent.EXTRA_TITLE))
        val written = ByteArrayOutputStream()
        resolver.registerOutputStream(place, written)
        answers(question, Activity.RESULT_OK, place)
        return written
    }

    /** Chooses a file with this in it. */
    fun chooses(content: ByteArray) {
        val question = asked(Intent.ACTION_OPEN_DOCUMENT)
        val place = Uri.parse("content://files/chosen")
        resolver.registerInputStream(place, ByteArrayInputStream(content))
        answers(question, Activity.RESULT_OK, place)
    }

    /** Goes back without choosing a place. */
    fun leaves() = answers(asked(Intent.ACTION_CREATE_DOCUMENT), Activity.RESULT_CANCELED, null)

    private fun answers(question: Intent, result: Int, place: Uri?) =
        shadowOf(citizen.activity).receiveResult(question, result, Intent().setData(place))
}
