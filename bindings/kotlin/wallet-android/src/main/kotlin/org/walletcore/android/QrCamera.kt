package org.walletcore.android

import android.Manifest
import android.annotation.SuppressLint
import android.content.Context
import android.content.pm.PackageManager
import android.graphics.ImageFormat
import android.graphics.SurfaceTexture
import android.hardware.camera2.CameraAccessException
import android.hardware.camera2.CameraCaptureSession
import android.hardware.camera2.CameraCharacteristics
import android.hardware.camera2.CameraDevice
import android.hardware.camera2.CameraManager
import android.hardware.camera2.CaptureRequest
import android.media.Image
import android.media.ImageReader
import android.os.Handler
import android.os.HandlerThread
import android.view.Surface

/**
 * The camera on the back of the phone, looking for QR codes. Each picture is read in memory and forgotten.
 *
 * It has not met a camera: what is tested is [QrCode].
 *
 * @param found hears the text of each code, on the camera's thread, as often as it is seen
 * @param failed hears that there is no camera, or none for this app now
 */
@Api28
class QrCamera(context: Context, private val found: (String) -> Unit, private val failed: () -> Unit) : AutoCloseable {
    private val context = context.applicationContext
    private val thread = HandlerThread("qr").apply { start() }
    private val handler = Handler(thread.looper)
    private var reader: ImageReader? = null
    private var device: CameraDevice? = null

    /** Begins, and shows what the camera sees on `preview`. */
    fun start(preview: SurfaceTexture) {
        handler.post { trying { open(preview) } }
    }

    /** The camera may be taken away between any two calls. */
    private fun trying(step: () -> Unit) = try {
        step()
    } catch (_: CameraAccessException) {
        failed()
    } catch (_: IllegalArgumentException) {
        failed()
    } catch (_: IllegalStateException) {
        failed()
    }

    @SuppressLint("MissingPermission") // It is looked for first.
    private fun open(preview: SurfaceTexture) {
        val cameras = context.getSystemService(CameraManager::class.java)
        val camera = cameras?.let(::onTheBack)
        if (camera == null || context.checkSelfPermission(Manifest.permission.CAMERA) != PackageManager.PERMISSION_GRANTED) return failed()
        preview.setDefaultBufferSize(WIDTH, HEIGHT)
        val pictures = ImageReader.newInstance(WIDTH, HEIGHT, ImageFormat.YUV_420_888, PICTURES)
        pictures.setOnImageAvailableListener({ source -> source.acquireLatestImage()?.use { read(it) } }, handler)
        reader = pictures
        cameras.openCamera(camera, Opening(Surface(preview), pictures.surface), handler)
    }

    private fun onTheBack(cameras: CameraManager): String? = cameras.cameraIdList.firstOrNull {
        cameras.getCameraCharacteristics(it).get(CameraCharacteristics.LENS_FACING) == CameraCharacteristics.LENS_FACING_BACK
    } ?: cameras.cameraIdList.firstOrNull()

    private fun read(picture: Image) {
        val plane = picture.planes[0]
        val luminance = ByteArray(plane.buffer.remaining()).also { plane.buffer.get(it) }
        QrCode.read(luminance, picture.width, picture.height, plane.rowStride)?.let(found)
    }

    override fun close() {
        handler.post {
            device?.close()
            reader?.close()
            thread.quitSafely()
        }
    }

    private inner class Opening(private val preview: Surface, private val pictures: Surface) : CameraDevice.StateCallback() {
        override fun onOpened(camera: CameraDevice) {
            device = camera
            @Suppress("DEPRECATION") // Its successor came with 28 and wants an executor; this one still works.
            trying { camera.createCaptureSession(listOf(preview, pictures), Watching(camera, preview, pictures), handler) }
        }

        override fun onDisconnected(camera: CameraDevice) {
            camera.close()
            failed()
        }

        override fun onError(camera: CameraDevice, error: Int) = onDisconnected(camera)
    }

    private inner class Watching(
        private val camera: CameraDevice, private val preview: Surface, private val pictures: Surface,
    ) : CameraCaptureSession.StateCallback() {
        override fun onConfigured(session: CameraCaptureSession) = trying {
            val request = camera.createCaptureRequest(CameraDevice.TEMPLATE_PREVIEW).apply {
                addTarget(preview)
                addTarget(pictures)
                set(CaptureRequest.CONTROL_AF_MODE, CaptureRequest.CONTROL_AF_MODE_CONTINUOUS_PICTURE)
            }
            session.setRepeatingRequest(request.build(), null, handler)
        }

        override fun onConfigureFailed(session: CameraCaptureSession) = failed()
    }

    companion object {
        /** A size that every camera has, and enough for a code that fills a third of the picture. */
        const val WIDTH = 1280
        const val HEIGHT = 720
        private const val PICTURES = 2
    }
}
