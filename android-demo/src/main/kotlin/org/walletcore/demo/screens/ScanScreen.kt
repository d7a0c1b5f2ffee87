package org.walletcore.demo.screens

import android.content.Context
import android.graphics.SurfaceTexture
import android.view.TextureView
import org.walletcore.android.QrCamera
import org.walletcore.demo.R
import org.walletcore.demo.design.Tone
import org.walletcore.demo.design.Weight
import org.walletcore.demo.design.button
import org.walletcore.demo.design.notice
import org.walletcore.demo.design.page
import org.walletcore.demo.design.text
import org.walletcore.demo.model.Model
import org.walletcore.demo.model.ScanPresenter.State

internal fun scan(model: Model) = Picture(model.scan.state) {
    val state = model.scan.state.value
    page(
        words(R.string.scan_title),
        back = { model.navigator.back() },
        busy = state == State.ASKING,
        // What the camera does, pasting does, too.
        foot = { button(ui.words(R.string.scan_paste), Weight.QUIET) { model.navigator.back() } },
    ) {
        when (state) {
            State.ASKING -> Unit
            State.SCANNING -> {
                text(ui.words(R.string.scan_about))
                add(Finder(ui.context, model.scan::found, model.scan::failed)).contentDescription = ui.words(R.string.scan_about)
            }
            State.DENIED -> notice(Tone.WARNING, ui.words(R.string.scan_denied), ui.words(R.string.scan_denied_about))
            State.FAILED -> notice(Tone.WARNING, ui.words(R.string.scan_failed), ui.words(R.string.scan_failed_about))
        }
    }
}

/** What the camera sees. The camera is on as long as this is on the screen. */
private class Finder(
    context: Context, private val found: (String) -> Unit, private val failed: () -> Unit,
) : TextureView(context), TextureView.SurfaceTextureListener {
    private var camera: QrCamera? = null

    init {
        surfaceTextureListener = this
    }

    /** As high as the pictures of a phone that is held upright. */
    override fun onMeasure(width: Int, height: Int) {
        val wide = MeasureSpec.getSize(width)
        setMeasuredDimension(wide, wide * QrCamera.WIDTH / QrCamera.HEIGHT)
    }

    override fun onSurfaceTextureAvailable(surface: SurfaceTexture, width: Int, height: Int) {
        camera = QrCamera(context, found) { post(failed) }.also { it.start(surface) }
    }

    override fun onSurfaceTextureDestroyed(surface: SurfaceTexture): Boolean {
        camera?.close()
        camera = null
        return true
    }

    override fun onSurfaceTextureSizeChanged(surface: SurfaceTexture, width: Int, height: Int) = Unit
    override fun onSurfaceTextureUpdated(surface: SurfaceTexture) = Unit
}
