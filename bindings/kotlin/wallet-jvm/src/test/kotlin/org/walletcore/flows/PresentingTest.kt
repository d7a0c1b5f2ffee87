package org.walletcore.flows

import kotlin.test.assertEquals
import kotlin.test.assertNotEquals
import kotlin.test.assertNotNull
import kotlin.test.assertNull
import kotlin.test.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.MethodSource
import org.walletcore.Choice
import org.walletcore.Code
import org.walletcore.Outcome
import org.walletcore.RequestDetails
import org.walletcore.Selection
import org.walletcore.Side
import org.walletcore.Warning
import org.walletcore.consentTo
import org.walletcore.testing.Pilot
import org.walletcore.testing.Pilot.Party
import org.walletcore.testing.TestWallet
import org.walletcore.testing.codeOf
import org.walletcore.testing.test

class PresentingTest {
    /**
     * @property pick the query that the citizen picks, where there is a choice
     * @property claims those that must arrive, and no others; of an mdoc those of its only name space
     */
    data class Step(
        val side: Party,
        val query: String,
        val answers: String,
        val claims: List<String>,
        val mode: String = "direct_post.jwt",
        val pick: String? = null,
        val namespace: String? = null,
    )

    @ParameterizedTest @MethodSource("steps")
    fun `the verifier gets exactly what was agreed to`(step: Step) = test {
        TestWallet.stocked().use { wallet ->
            val verifier = Pilot.world().verifier(step.side)
            val asked = verifier.ask(step.query, step.mode)
            val request = TestWallet.request(wallet, asked.uri)
            val details = request.details()
            assertTrue(details.canBeAnswered)
            assertEquals(step.mode == "direct_post.jwt", details.encrypted)
            assertEquals(if (step.side == Party.EU) Side.EU else Side.CA, details.profile)

            val choice = step.pick?.let { pick(it, details) } ?: request.least()
            val warnings = request.warnings(choice)
            assertEquals(!details.encrypted, warnings.any { it is Warning.NotEncrypted })
            val receipt = request.send(request.consentTo(choice, warnings), "")
            assertEquals(200 to 1, receipt.httpStatus.toInt() to receipt.shared.size)
            assertNull(receipt.redirectUri, "after a scan the browser goes nowhere")

            val verdict = verifier.verdict(asked)
            assertTrue(verdict["verified"].isTrue)
            assertEquals(1, verdict["credentials"].size)
            val arrived = verdict["credentials"][0]
            assertEquals(step.answers, arrived["id"].text)
            assertEquals(step.claims, (step.namespace?.let { arrived["claims"][it] } ?: arrived["claims"]).names)

            assertEquals(Outcome.Sent(200u), wallet.history().entries.last().outcome)
        }
    }

    private fun pick(query: String, details: RequestDetails): Choice {
        val candidate = details.questions.first { it.queryId == query }.candidates.first()
        return Choice(listOf(Selection(query, candidate.credential, candidate.least)))
    }

    @Test fun `what was not offered is refused`() = test {
        TestWallet.stocked().use { wallet ->
            val request = TestWallet.request(wallet, Pilot.world().verifier(Party.EU).ask("eu-pid-sd-jwt").uri)
            val other = wallet.credentials().entries.first { it.typeId == "org.iso.18013.5.1.mDL" }
            val forged = Choice(listOf(Selection("pid", other.id, 0u)))
            assertEquals(Code.CONSENT_MISMATCH, codeOf { request.consent(forged, emptyList()) })
        }
    }

    @Test fun `warnings must be shown`() = test {
        TestWallet.stocked().use { wallet ->
            val asked = Pilot.world().verifier(Party.CA).ask("ca-age-19", "direct_post")
            val request = TestWallet.request(wallet, asked.uri)
            val choice = request.least()
            assertTrue(request.warnings(choice).isNotEmpty())
            assertEquals(Code.WARNING_NOT_ACKNOWLEDGED, codeOf { request.consentTo(choice, emptyList()) })
        }
    }

    @Test fun `the consent screen can show the values`() = test {
        TestWallet.stocked().use { wallet ->
            val request = TestWallet.request(wallet, Pilot.world().verifier(Party.EU).ask("eu-pid-sd-jwt").uri)
            val candidate = request.details().questions.first().candidates.first()
            val option = candidate.options[candidate.least.toInt()]
            val location = option.claims.first { "family_name" in it.path }.locations.first()
            val claim = assertNotNull(request.reveal(candidate.credential, location))
            assertEquals("Vandermeer", claim.reveal("en"))
            assertNotEquals(claim.label("en"), claim.label("fr"))
        }
    }

    @Test fun `what was shared before is known`() = test {
        TestWallet.stocked().use { wallet ->
            val verifier = Pilot.world().verifier(Party.EU)
            val first = TestWallet.request(wallet, verifier.ask("eu-pid-sd-jwt").uri)
            assertNull(first.sharedBefore())
            first.send(TestWallet.leastConsent(first), "")
            val second = TestWallet.request(wallet, verifier.ask("eu-pid-sd-jwt").uri)
            assertNotNull(second.sharedBefore())
        }
    }

    private companion object {
        const val PID = "eu.europa.ec.eudi.pid.1"
        const val MDL = "org.iso.18013.5.1"

        @JvmStatic fun steps() = listOf(
            Step(Party.EU, "eu-pid-sd-jwt", "pid", listOf("family_name", "nationalities")),
            Step(Party.EU, "eu-pid-mdoc", "pid", listOf("family_name", "nationality"), namespace = PID),
            Step(Party.CA, "ca-age-19", "mdl", listOf("age_over_19"), namespace = MDL),
            Step(Party.CA, "ca-age-19", "mdl", listOf("age_over_19"), mode = "direct_post", namespace = MDL),
            Step(Party.EU, "either", "pid", listOf("family_name", "given_name"), pick = "pid"),
            Step(Party.EU, "either", "mdl", listOf("family_name", "given_name"), pick = "mdl", namespace = MDL),
        )
    }
}
