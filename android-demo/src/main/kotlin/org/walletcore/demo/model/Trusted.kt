package org.walletcore.demo.model

import org.walletcore.ListName

/** Whom a new wallet trusts from the start. */
fun interface Trusted {
    /**
     * @property pem certificates
     * @property source where they are from, as the settings show it
     */
    class Anchors(val list: ListName, val pem: String, val source: String)

    suspend fun lists(): List<Anchors>
}
