package org.walletcore.demo.model

import java.io.InputStream
import java.io.OutputStream
import org.walletcore.BackupSink
import org.walletcore.BackupSource

/** A backup into a stream. */
class StreamSink(private val out: OutputStream) : BackupSink {
    override fun write(bytes: ByteArray) = out.write(bytes)
    override fun finish() = out.flush()
}

/** A backup out of a stream. */
class StreamSource(private val stream: InputStream) : BackupSource {
    override fun read(maxBytes: UInt): ByteArray {
        val piece = ByteArray(minOf(maxBytes, LARGEST).toInt())
        val count = stream.read(piece)
        return if (count <= 0) ByteArray(0) else piece.copyOf(count)
    }

    private companion object {
        const val LARGEST = 65_536u
    }
}
