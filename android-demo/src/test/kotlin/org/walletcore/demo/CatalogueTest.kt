package org.walletcore.demo

import java.io.File
import javax.xml.parsers.DocumentBuilderFactory
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.w3c.dom.Element

/** The app's own words: the same in both languages, and all of them used. */
class CatalogueTest {
    private class Words(folder: String) {
        private val root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(File("src/main/res/$folder/strings.xml")).documentElement
        private fun all(tag: String) = root.getElementsByTagName(tag).let { list -> (0 until list.length).map { list.item(it) as Element } }
        val texts = all("string").associate { it.getAttribute("name") to it.textContent }
        val counted = all("plurals").associate { plural ->
            val items = plural.getElementsByTagName("item")
            plural.getAttribute("name") to (0 until items.length).map { items.item(it) as Element }.associate { it.getAttribute("quantity") to it.textContent }
        }
    }

    private val english = Words("values")
    private val french = Words("values-fr")

    private fun places(text: String) = Regex("%\\d?\\$?[sd]").findAll(text).map { it.value }.toList().sorted()

    @Test fun `both languages have the same texts with the same places to fill`() {
        assertEquals(english.texts.keys, french.texts.keys)
        for ((name, text) in english.texts) assertEquals(name, places(text), places(french.texts.getValue(name)))
        assertEquals(english.counted.keys, french.counted.keys)
        for ((name, forms) in english.counted) {
            assertEquals(name, setOf("one", "other"), forms.keys)
            // French has a form of its own for a million and its like.
            assertEquals(name, setOf("one", "many", "other"), french.counted.getValue(name).keys)
            for (form in french.counted.getValue(name).values) assertEquals(name, places(forms.getValue("other")), places(form))
        }
    }

    @Test fun `French has its own words and its own spaces`() {
        val same = setOf("side_ca", "document", "tx_code", "history_shared", "checkup_documents")
        for ((name, text) in french.texts) {
            if (name !in same) assertTrue(name, text != english.texts[name])
            assertTrue("$name: $text", Regex("[^\\u202f\\u00a0][?;!»]|[^\\u00a0]:(?!/)|«[^\\u00a0]").find(text) == null)
        }
    }

    @Test fun `no text is left over`() {
        val sources = File("src/main").walk().filter { it.extension in setOf("kt", "xml") && "strings.xml" !in it.path }.joinToString("\n") { it.readText() }
        for (name in english.texts.keys + english.counted.keys) {
            assertTrue(name, Regex("R\\.(string|plurals)\\.$name\\b|@string/$name\\b").containsMatchIn(sources))
        }
    }
}
