package org.walletcore.android

import android.app.Activity
import android.app.KeyguardManager
import android.content.Intent
import android.os.Bundle
import java.util.UUID
import java.util.concurrent.ConcurrentHashMap
import kotlinx.coroutines.CompletableDeferred

/**
 * Asks for the screen lock on Android 9 and 10 (28, 29), whose biometric dialog cannot. It shows nothing: the system's own
 * screen comes up over it, and its answer comes back to it.
 */
class ScreenLockActivity : Activity() {
    private val pending get() = intent.getStringExtra(ID)?.let(waiting::get)

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        // After a turn of the screen the system's question is still there.
        if (state != null) return
        val question = pending?.question ?: return finish()
        @Suppress("DEPRECATION") // Its successor came with 30.
        val screen = checkNotNull(getSystemService(KeyguardManager::class.java))
            .createConfirmDeviceCredentialIntent(question.title, question.party.ifEmpty { null })
        if (screen == null) answer(Answer.NOTHING_TO_ASK) else startActivityForResult(screen, REQUEST)
    }

    override fun onActivityResult(request: Int, result: Int, data: Intent?) =
        answer(if (result == RESULT_OK) Answer.YES else Answer.NO)

    override fun onDestroy() {
        if (isFinishing) pending?.answer?.complete(Answer.TAKEN_AWAY)
        super.onDestroy()
    }

    private fun answer(answer: Answer) {
        pending?.answer?.complete(answer)
        finish()
    }

    private class Pending(val question: Question) {
        val answer = CompletableDeferred<Answer>()
    }

    internal companion object {
        private const val ID = "id"
        private const val REQUEST = 1

        /** The questions stay here; the Intent carries a number only. */
        private val waiting = ConcurrentHashMap<String, Pending>()

        /** Asks, over `activity`. */
        suspend fun ask(activity: Activity, question: Question): Answer {
            val id = UUID.randomUUID().toString()
            val pending = Pending(question)
            waiting[id] = pending
            return try {
                activity.startActivity(Intent(activity, ScreenLockActivity::class.java).putExtra(ID, id))
                pending.answer.await()
            } finally {
                waiting.remove(id)
            }
        }
    }
}
