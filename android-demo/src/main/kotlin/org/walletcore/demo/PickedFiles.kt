package org.walletcore.demo

import android.app.Activity
import android.content.ActivityNotFoundException
import android.content.Context
import android.content.Intent
import android.net.Uri
import java.io.IOException
import java.io.InputStream
import java.io.OutputStream
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import org.walletcore.Code
import org.walletcore.Fault
import org.walletcore.WalletException
import org.walletcore.android.ForegroundActivity
import org.walletcore.demo.model.Files

/** Files by the system's own picker. The app has no permission for any file: it gets the one that the citizen chose. */
class PickedFiles(private val context: Context, private val foreground: ForegroundActivity) : Files {
    private var waiting: CompletableDeferred<Uri?>? = null

    override suspend fun save(name: String, type: String, write: suspend (OutputStream) -> Unit): Boolean {
        val place = pick(Intent(Intent.ACTION_CREATE_DOCUMENT).setType(type).putExtra(Intent.EXTRA_TITLE, name)) ?: return false
        onDisk { (context.contentResolver.openOutputStream(place, "wt") ?: throw IOException()).use { write(it) } }
        return true
    }

    override suspend fun <T> open(read: suspend (InputStream) -> T): T? {
        // Of any type: the names of types of files that travelled through other apps say nothing.
        val place = pick(Intent(Intent.ACTION_OPEN_DOCUMENT).setType("*/*")) ?: return null
        return onDisk { (context.contentResolver.openInputStream(place) ?: throw IOException()).use { read(it) } }
    }

    /** For the Activity, whose part it is to hear what was chosen. */
    fun answered(result: Int, data: Intent?) {
        waiting?.complete(data?.data?.takeIf { result == Activity.RESULT_OK })
    }

    private suspend fun pick(question: Intent): Uri? {
        waiting?.complete(null)
        val answer = CompletableDeferred<Uri?>().also { waiting = it }
        try {
            @Suppress("DEPRECATION") // Its successor is of AndroidX.
            foreground.await().startActivityForResult(question.addCategory(Intent.CATEGORY_OPENABLE), REQUEST)
        } catch (_: ActivityNotFoundException) {
            throw failed()
        }
        return answer.await()
    }

    /** Whatever another app's file does: it is a failed file, and no more. */
    private suspend fun <T> onDisk(work: suspend () -> T): T = withContext(Dispatchers.IO) {
        try {
            work()
        } catch (_: IOException) {
            throw failed()
        } catch (_: SecurityException) {
            throw failed()
        }
    }

    private fun failed() = WalletException.Retry(Fault(Code.STORAGE_FAILED, null, null, null, null))

    companion object {
        const val REQUEST = 1
    }
}
