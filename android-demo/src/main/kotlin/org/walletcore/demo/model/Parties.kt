package org.walletcore.demo.model

import org.walletcore.Party

/** The part of an identifier that says something to a person: the host, where it has one. */
val Party.host: String?
    get() = when {
        identifier.startsWith("https://") -> host(identifier)
        identifier.startsWith("x509_san_dns:") -> identifier.removePrefix("x509_san_dns:")
        identifier.startsWith("redirect_uri:https://") -> host(identifier.removePrefix("redirect_uri:"))
        else -> null
    }

/** What somebody is called: by the name in their certificate; who has none, by their address. */
val Party.called: String get() = name.ifBlank { host ?: identifier }

internal fun host(url: String) = url.removePrefix("https://").substringBefore('/')
