package org.walletcore.ports

import java.net.CookieHandler
import java.net.CookieManager
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertNotNull
import kotlin.test.assertNull
import org.junit.jupiter.api.Test
import org.walletcore.Abilities
import org.walletcore.CreatedKey
import org.walletcore.HttpMethod
import org.walletcore.HttpRequest
import org.walletcore.KeyPolicy
import org.walletcore.PortException
import org.walletcore.SecureArea
import org.walletcore.SystemHttpClient
import org.walletcore.checkSecureArea
import org.walletcore.testing.TestSecureArea
import org.walletcore.testing.http.HttpCases
import org.walletcore.testing.http.HttpPortServers
import org.walletcore.testing.httpTrusting
import org.walletcore.testing.test

/** The tests that every implementation of a port must pass, against those of this library and of its tests. */
class ConformanceTest {
    @Test fun `the tests' secure area keeps the rules`() = test {
        assertNull(checkSecureArea(TestSecureArea(), Abilities(agrees = true, seals = true)))
    }

    @Test fun `an area that breaks a rule is told which`() = test {
        val forgetful = object : SecureArea by TestSecureArea() {
            override suspend fun list(prefix: String): List<String> = emptyList()
        }
        assertNotNull(checkSecureArea(forgetful, Abilities(agrees = true, seals = true)))
        val broken = object : SecureArea by TestSecureArea() {
            override suspend fun create(alias: String, policy: KeyPolicy): CreatedKey = throw StackOverflowError()
        }
        assertEquals("a key can be made", checkSecureArea(broken, Abilities(agrees = true, seals = true)))
    }

    /** But for one thing, which SystemHttpClient says. Android's stack has its own test. */
    @Test fun `HTTP on the JVM keeps the rules`() =
        HttpPortServers().use { HttpCases(httpTrusting(it.root), it, losesBody = 401).all() }

    @Test fun `cookies of the app do not travel`() = test {
        CookieHandler.setDefault(CookieManager())
        try {
            val call = HttpRequest(HttpMethod.GET, "https://localhost:1/", emptyList(), ByteArray(0), 0u, 100u)
            val failure = assertFailsWith<PortException.Unexpected> { SystemHttpClient().send(call) }
            assertEquals("java.net.CookieHandler", failure.`class`)
        } finally {
            CookieHandler.setDefault(null)
        }
    }
}
