package org.walletcore.demo

import org.junit.Assert.assertEquals
import org.junit.Test
import org.walletcore.demo.model.TypedKey
import org.walletcore.demo.model.TypedKey.Slip

/** A recovery key as people type it. */
class TypedKeyTest {
    private fun typed(text: String) = TypedKey(text).let { if (it.slips.isEmpty()) String(it.toSecret()) else it.slips.toString() }

    @Test fun `spaces, hyphens, lines and numbers do not matter`() {
        val key = "AC5P0W900JZZKHRXSHEYZF65RKK2"
        val groups = key.chunked(4)
        val ways = listOf(
            key, groups.joinToString("-"), groups.joinToString("  "), groups.joinToString("\r\n"), groups.joinToString(" \u2013 "),
            key.chunked(2).joinToString(" "), groups.withIndex().joinToString("\n") { (i, group) -> "${i + 1}.\u00a0$group" },
            groups.withIndex().joinToString(" ") { (i, group) -> "${i + 1}) $group" }, "\n $key \n",
        )
        for (way in ways) assertEquals(way, key, typed(way))
        assertEquals(key.lowercase(), typed(key.lowercase()))
        // The wallet takes these letters for the digits that they look like.
        assertEquals("OILO" + key.drop(4), typed("OILO-" + groups.drop(1).joinToString("-")))
    }

    @Test fun `what is wrong is said of the group that it is in`() {
        assertEquals(listOf(Slip.Length(2, 3)), TypedKey("AC5P 0W9 0JZZ KHRX SHEY ZF65 RKK2").slips)
        assertEquals(listOf(Slip.Character(7, '?')), TypedKey("AC5P 0W90 0JZZ KHRX SHEY ZF65 R?K2").slips)
        assertEquals(listOf(Slip.Character(1, 'u')), TypedKey("uc5u-0W90-0JZZ-KHRX-SHEY-ZF65-RKK2").slips)
        assertEquals(listOf(Slip.Count(6)), TypedKey("AC5P 0W90 0JZZ KHRX SHEY ZF65").slips)
        assertEquals(listOf(Slip.Count(0)), TypedKey(" \n").slips)
    }
}
