package org.walletcore.testkit

import java.io.InputStream
import java.io.OutputStream
import java.security.Key
import java.security.KeyStoreException
import java.security.KeyStoreSpi
import java.security.UnrecoverableKeyException
import java.security.cert.Certificate
import java.util.Collections
import java.util.Date
import java.util.Enumeration

internal class FakeKeyStoreSpi : KeyStoreSpi() {
    override fun engineLoad(stream: InputStream?, password: CharArray?) {
        require(stream == null && password == null) { "AndroidKeyStore is loaded with null" }
    }

    override fun engineGetKey(alias: String, password: CharArray?): Key? {
        MainThread.refuse()
        val key = FakeAndroidKeyStore.find(alias) ?: return null
        if (key.invalidated && key.rules.gapShowsWhenLoaded) throw UnrecoverableKeyException("invalidated")
        return key
    }

    private fun chain(alias: String) = (FakeAndroidKeyStore.find(alias) as? FakePrivateKey)?.chain

    override fun engineGetCertificateChain(alias: String): Array<Certificate>? = chain(alias)?.toTypedArray()
    override fun engineGetCertificate(alias: String): Certificate? = chain(alias)?.first()
    override fun engineGetCreationDate(alias: String): Date? = FakeAndroidKeyStore.find(alias)?.let { Date() }

    override fun engineDeleteEntry(alias: String) {
        MainThread.refuse()
        FakeAndroidKeyStore.remove(alias)
    }

    override fun engineAliases(): Enumeration<String> {
        MainThread.refuse()
        return Collections.enumeration(FakeAndroidKeyStore.aliases())
    }

    override fun engineContainsAlias(alias: String) = FakeAndroidKeyStore.find(alias) != null
    override fun engineSize() = FakeAndroidKeyStore.aliases().size
    override fun engineIsKeyEntry(alias: String) = engineContainsAlias(alias)
    override fun engineIsCertificateEntry(alias: String) = false
    override fun engineGetCertificateAlias(certificate: Certificate?): String? =
        FakeAndroidKeyStore.aliases().find { engineGetCertificate(it) == certificate }

    override fun engineSetKeyEntry(alias: String?, key: Key?, password: CharArray?, chain: Array<out Certificate>?) =
        throw KeyStoreException("import is not part of this fake")
    override fun engineSetKeyEntry(alias: String?, key: ByteArray?, chain: Array<out Certificate>?) =
        throw KeyStoreException("import is not part of this fake")
    override fun engineSetCertificateEntry(alias: String?, certificate: Certificate?) =
        throw KeyStoreException("import is not part of this fake")
    override fun engineStore(stream: OutputStream?, password: CharArray?) = throw UnsupportedOperationException()
}
