package org.walletcore.rules

import java.util.Locale
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertNotEquals
import kotlin.test.assertTrue
import org.junit.jupiter.api.Test
import org.walletcore.Code
import org.walletcore.Fault
import org.walletcore.WalletException
import org.walletcore.action
import org.walletcore.code
import org.walletcore.codeDetails
import org.walletcore.codeNumbered
import org.walletcore.details
import org.walletcore.faultAction
import org.walletcore.faultMessage
import org.walletcore.logged
import org.walletcore.testing.TestWallet
import org.walletcore.testing.test
import org.walletcore.text

class ErrorTextTest {
    @Test fun `an error speaks the citizen's language`() = test {
        TestWallet.make().use { wallet ->
            wallet.lock()
            // What to do next is the class: unlock.
            val error = assertFailsWith<WalletException.Unlock> { wallet.credentials() }
            assertEquals(Code.LOCKED, error.code)
            assertTrue("locked" in error.text(Locale.CANADA), error.text(Locale.CANADA))
            assertTrue("verrouillé" in error.text(Locale.CANADA_FRENCH), error.text(Locale.CANADA_FRENCH))
            assertNotEquals(error.action(Locale.CANADA), error.action(Locale.CANADA_FRENCH))
            assertTrue(error.logged.startsWith("WC-"), error.logged)
            assertTrue(error.details.spec in error.logged)
        }
    }

    @Test fun `every code has words in both languages and a section of a standard`() {
        for (code in Code.values()) {
            val fault = Fault(code, null, null, null, null)
            val (english, french) = listOf("en", "fr").map { faultMessage(fault, it) }
            assertTrue(english.isNotEmpty() && french.isNotEmpty() && english != french, "$code")
            assertTrue(faultAction(fault, "en").isNotEmpty() && faultAction(fault, "fr").isNotEmpty(), "$code")
            assertTrue(codeDetails(code).spec.isNotEmpty(), "$code")
        }
        assertTrue(Code.values().size > 100)
        assertEquals(Code.LOCKED, codeNumbered(codeDetails(Code.LOCKED).printed.filter(Char::isDigit).toUShort()))
    }

    @Test fun `a language that the core lacks is English`() {
        val fault = Fault(Code.LOCKED, null, null, null, null)
        assertEquals(faultMessage(fault, "en"), faultMessage(fault, "tlh"))
    }
}
