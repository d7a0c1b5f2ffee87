package org.walletcore.demo

import java.io.File
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.walletcore.testing.temporaryFolder

/** The check that the APK's build makes of the manifest refuses what it should. */
class ManifestCheckTest {
    private val genuine = File("src/main/AndroidManifest.xml").readText()

    /** What the check says against the manifest, linked as the build links it; nothing when it passes. */
    private fun refused(manifest: String): String {
        val folder = temporaryFolder()
        val file = File(folder, "AndroidManifest.xml").apply { writeText(manifest) }
        val apk = File(folder, "linked.apk")
        val (linked, complaint) = run(
            "aapt2", "link", "-I", "target/framework.apk", "--manifest", file.path, "--auto-add-overlay", "-o", apk.path, "target/res.zip",
        )
        assertTrue(complaint, linked)
        val dump = File(folder, "dump").apply { writeText(run("aapt2", "dump", "xmltree", "--file", file.name, apk.path).second) }
        val (passed, said) = run("python3", "tools/check-manifest.py", dump.path)
        assertEquals(said, passed, said.isEmpty())
        return said
    }

    private fun run(vararg command: String): Pair<Boolean, String> {
        val process = ProcessBuilder(*command).redirectErrorStream(true).start()
        val said = process.inputStream.bufferedReader().readText()
        return (process.waitFor() == 0) to said
    }

    private fun with(old: String, new: String): String {
        assertTrue(old, old in genuine)
        return genuine.replaceFirst(old, new)
    }

    private fun adding(component: String) = with("</application>", "$component</application>")

    @Test fun `the app's own manifest passes`() = assertEquals("", refused(genuine))

    @Test fun `what other apps could reach is refused`() {
        for (tag in listOf("service", "receiver", "activity")) {
            assertTrue(refused(adding("""<$tag android:name=".Other" android:exported="true" />""")).contains("demo.Other is exported"))
        }
        assertTrue(refused(adding("""<provider android:name=".P" android:authorities="p" />""")).contains("does not say"))
        assertTrue(refused(with("android:scheme=\"openid\"", "android:scheme=\"https\"")).contains("https"))
    }

    @Test fun `what lets data out is refused`() {
        assertTrue(refused(with("allowBackup=\"false\"", "allowBackup=\"true\"")).contains("allowBackup"))
        assertTrue(refused(with("android:usesCleartextTraffic=\"false\"", "")).contains("usesCleartextTraffic"))
        assertTrue(refused(with("android:allowBackup", "android:debuggable=\"true\" android:allowBackup")).contains("debuggable"))
    }

    @Test fun `a permission that nobody gave a reason for is refused`() {
        val contacts = "<uses-permission android:name=\"android.permission.READ_CONTACTS\" />\n"
        assertTrue(refused(with("    <application", "$contacts<application")).contains("READ_CONTACTS"))
    }
}
