package org.walletcore.testing

import java.io.File
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext

/** A server of Cargo's in a process of its own that prints lines. It ends with this process, however this process ends. */
class Server private constructor(private val process: Process) : AutoCloseable {
    private val lines = process.inputStream.bufferedReader()

    /** The next line. Blocks. */
    fun line(): String = checkNotNull(lines.readLine()) { "the server went away" }

    /** The next event of this kind, as JSON; others are passed over. */
    suspend fun event(kind: String): Json = withContext(Dispatchers.IO) {
        generateSequence { Json(line()) }.first { it["event"].text == kind }
    }

    /** Says a line to the program. */
    fun say(line: String) = process.outputStream.run {
        write("$line\n".toByteArray())
        flush()
    }

    override fun close() = process.outputStream.close()

    companion object {
        /**
         * The shell hands on what is said to it, until the end of its standard input, which is the end of whoever started it. A
         * program in the background has no standard input of its own accord, so it gets a pipe.
         */
        private const val KEEPER =
            "pipe=\$(mktemp -u) && mkfifo \"\$pipe\" || exit; \"\$@\" <\"\$pipe\" & exec 3>\"\$pipe\"; rm \"\$pipe\"; " +
                "cat >&3; kill \$! 2>/dev/null; wait"

        fun start(program: String, vararg arguments: String) =
            Server(process("/bin/sh", "-c", KEEPER, "sh", path(program), *arguments))

        /** For a program that reads standard input itself, and ends with it. */
        fun startReading(program: String, vararg arguments: String) = Server(process(path(program), *arguments))

        private fun path(program: String) = File(System.getProperty("pilot.folder"), program)
            .also { check(it.canExecute()) { "$it is missing: run bindings/kotlin/test" } }.path

        private fun process(vararg command: String): Process =
            ProcessBuilder(*command).redirectError(ProcessBuilder.Redirect.INHERIT).start()
    }
}
