package org.walletcore.testing

import java.io.File
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import org.walletcore.Clock
import org.walletcore.Consent
import org.walletcore.Development
import org.walletcore.HttpClient
import org.walletcore.Incoming
import org.walletcore.Offer
import org.walletcore.Ports
import org.walletcore.PresentationRequest
import org.walletcore.SecureArea
import org.walletcore.Settings
import org.walletcore.Source
import org.walletcore.Unlock
import org.walletcore.Wallet
import org.walletcore.WalletEvents
import org.walletcore.consentTo

/** Wallets for tests: each in a folder of its own, trusting pilot's certificates. */
object TestWallet {
    fun passphrase(): ByteArray = "correct horse battery staple".toByteArray()

    fun byPassphrase() = Unlock.Passphrase(passphrase())

    /** The system's client, which trusts pilot's servers. */
    suspend fun http(): HttpClient = httpTrusting(Pilot.world().tlsAuthority)

    suspend fun settings(
        folder: File = temporaryFolder(),
        http: HttpClient? = null,
        secureArea: SecureArea? = null,
        clock: Clock = TestClock(),
        events: WalletEvents? = null,
    ) = Settings(
        file = File(folder, "vault.db").path,
        ports = Ports(http ?: http(), secureArea, rollbackAnchor = null, clock, events),
        idleLockMs = null,
        development = DEVELOPMENT,
    )

    /** A new, empty one. */
    suspend fun make(settings: Settings? = null): Wallet {
        val wallet = Wallet.create(settings ?: settings(), passphrase())
        for ((list, pem) in Pilot.world().anchors) wallet.addTrustAnchors(list, pem, "pilot")
        return wallet
    }

    /** One that holds three copies of each credential of both sides. */
    suspend fun stocked(
        http: HttpClient? = null,
        clock: Clock = TestClock(),
        events: WalletEvents? = null,
    ): Wallet {
        val folder = temporaryFolder()
        stock.await().copyTo(File(folder, "vault.db"))
        val wallet = Wallet.open(settings(folder, http, clock = clock, events = events))
        wallet.unlock(byPassphrase(), "")
        return wallet
    }

    suspend fun offer(wallet: Wallet, link: String, from: Source = Source.SCAN): Offer =
        (wallet.openLink(link, from) as Incoming.Offer).offer

    /** Takes an offer all the way. */
    suspend fun receive(wallet: Wallet, link: String, transactionCode: String? = null): List<String> =
        offer(wallet, link).accept(transactionCode, "").keep()

    /** Opens a request. */
    suspend fun request(wallet: Wallet, link: String, from: Source = Source.SCAN): PresentationRequest =
        (wallet.openLink(link, from) as Incoming.Request).request

    /** The consent to the least that answers. */
    fun leastConsent(request: PresentationRequest): Consent {
        val choice = request.least()
        return request.consentTo(choice, request.warnings(choice))
    }

    private val DEVELOPMENT = Development()

    private val stock = CoroutineScope(Dispatchers.IO).async(start = CoroutineStart.LAZY) {
        val folder = temporaryFolder()
        val wallet = make(settings(folder))
        for (side in Pilot.Party.values()) receive(wallet, Pilot.world().issuer(side).offer)
        wallet.closeVault()
        wallet.close()
        File(folder, "vault.db")
    }
}
