package org.walletcore.rules

import kotlin.test.assertContentEquals
import org.junit.jupiter.api.Test
import org.walletcore.toSecret

class SecretTest {
    @Test fun `what was typed becomes UTF-8`() {
        assertContentEquals("481516".toByteArray(), StringBuilder("481516").toSecret())
        assertContentEquals("Ünïcødé 🔑".toByteArray(), "Ünïcødé 🔑".toSecret())
        assertContentEquals(ByteArray(0), "".toSecret())
    }

    @Test fun `half a character is no error`() {
        assertContentEquals("a?".toByteArray(), "a\ud83d".toSecret())
    }
}
