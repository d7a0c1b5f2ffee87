package org.walletcore.demo.model

import org.walletcore.toSecret

/**
 * A recovery key as somebody typed or pasted it: in one piece or in groups, with spaces, hyphens, line breaks or the
 * numbers of a list. What is certainly wrong is said of each group; a slip that leaves a possible key is found by the core.
 */
class TypedKey(typed: CharSequence) {
    /** @property number from 1 */
    sealed class Slip {
        data class Character(val number: Int, val character: Char) : Slip()
        data class Length(val number: Int, val characters: Int) : Slip()
        data class Count(val groups: Int) : Slip()
    }

    private val groups: List<CharSequence> = split(typed)

    /** What is wrong, from the first group on; nothing when only the wallet can tell. */
    val slips: List<Slip>
        get() {
            val inGroups = groups.flatMapIndexed { i, group -> slipsOf(i + 1, group) }
            return if (groups.size == GROUPS) inGroups else inGroups + Slip.Count(groups.size)
        }

    /** For the wallet, which wipes it. */
    fun toSecret(): ByteArray = StringBuilder().let { joined ->
        groups.forEach { joined.append(it) }
        joined.toSecret().also { joined.setLength(0) }
    }

    private fun slipsOf(number: Int, group: CharSequence): List<Slip> {
        val strange = group.filterNot { it.uppercaseChar() in CHARACTERS }.toSet().map { Slip.Character(number, it) }
        return if (group.length == GROUP) strange else strange + Slip.Length(number, group.length)
    }

    private companion object {
        const val GROUPS = 7
        const val GROUP = 4

        /** Those of the key, and the letters that are easily taken for one of them. */
        const val CHARACTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ" + "OIL"

        fun split(typed: CharSequence): List<CharSequence> {
            val parts = typed.split(' ', '\t', '\r', '\n', '-', '\u2013', '\u00a0', '.', ')', ':').filter { it.isNotEmpty() }
            // “1. 7NTF”: a single digit before a group is its number in a list.
            val numbered = parts.size == 2 * GROUPS && parts.withIndex().all { (i, part) -> i % 2 == 1 || part == "${i / 2 + 1}" }
            val groups = if (numbered) parts.filterIndexed { i, _ -> i % 2 == 1 } else parts
            // Without anything between the groups, or with it at other places, it is cut where the groups end.
            return if (groups.size == GROUPS) groups else groups.joinToString("").chunked(GROUP)
        }
    }
}
