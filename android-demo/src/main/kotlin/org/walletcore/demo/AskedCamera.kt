package org.walletcore.demo

import android.Manifest
import android.content.Context
import android.content.pm.PackageManager
import kotlinx.coroutines.CompletableDeferred
import org.walletcore.android.ForegroundActivity
import org.walletcore.demo.model.Camera

/** The camera behind the system's own question. */
class AskedCamera(private val context: Context, private val foreground: ForegroundActivity) : Camera {
    private var waiting: CompletableDeferred<Boolean>? = null

    override val isThere: Boolean get() = context.packageManager.hasSystemFeature(PackageManager.FEATURE_CAMERA_ANY)

    private val isAllowed get() = context.checkSelfPermission(Manifest.permission.CAMERA) == PackageManager.PERMISSION_GRANTED

    override suspend fun mayBeUsed(): Boolean {
        if (isAllowed) return true
        waiting?.complete(false)
        val answer = CompletableDeferred<Boolean>().also { waiting = it }
        foreground.await().requestPermissions(arrayOf(Manifest.permission.CAMERA), REQUEST)
        return answer.await()
    }

    /** For the Activity, whose part it is to hear the answer. */
    fun answered() {
        waiting?.complete(isAllowed)
    }

    companion object {
        const val REQUEST = 2
    }
}
