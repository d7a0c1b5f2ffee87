package org.walletcore.android

import java.io.File
import java.nio.file.Files
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.walletcore.testkit.ApiCheck

/** The check that the build makes of the library's classes refuses what it should. */
class ApiCheckTest {
    @Test fun `public API passes`() {
        for (level in listOf("public-26", "all-28")) assertEquals("", refused<CallsWhatIsThere>(level))
    }

    @Test fun `hidden API is refused`() =
        assertTrue(refused<CallsWhatIsHidden>("public-26").contains("android.os.SystemProperties"))

    @Test fun `API newer than the level is refused`() {
        assertTrue(refused<CallsWhatCameWith31>("all-28").contains("isLaunchedFromBubble"))
        assertTrue(refused<OwnActivity>("all-30").contains("isLaunchedFromBubble"))
        assertEquals("", refused<CallsWhatCameWith31>("all-31"))
    }

    /** What the check says against one class; nothing when it passes. */
    private inline fun <reified T> refused(level: String): String {
        val folder = Files.createTempDirectory("api").toFile()
        val path = T::class.java.name.replace('.', '/') + ".class"
        File(folder, path).apply { parentFile.mkdirs() }
            .writeBytes(checkNotNull(T::class.java.classLoader).getResource(path)!!.readBytes())
        val api = System.getProperty("api.folder")
        val known = listOf("public-26", level).distinct().joinToString(File.pathSeparator) { "$api/$it.signature" }
        val process = ProcessBuilder(
            File(System.getProperty("java.home"), "bin/java").path, "-cp", System.getProperty("java.class.path"),
            ApiCheck::class.java.name, known, System.getProperty("api.classpath"), "-", folder.path,
        ).redirectErrorStream(true).start()
        val said = process.inputStream.bufferedReader().readText()
        folder.deleteRecursively()
        return if (process.waitFor() == 0) "" else said
    }
}
