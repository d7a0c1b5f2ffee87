package org.walletcore.testkit

import android.security.keystore.KeyGenParameterSpec
import java.math.BigInteger
import java.security.KeyPair
import java.security.Signature
import java.security.cert.Certificate
import java.security.cert.CertificateFactory
import org.bouncycastle.asn1.ASN1EncodableVector
import org.bouncycastle.asn1.ASN1Enumerated
import org.bouncycastle.asn1.ASN1Integer
import org.bouncycastle.asn1.ASN1ObjectIdentifier
import org.bouncycastle.asn1.DERBitString
import org.bouncycastle.asn1.DEROctetString
import org.bouncycastle.asn1.DERSequence
import org.bouncycastle.asn1.x500.X500Name
import org.bouncycastle.asn1.x509.AlgorithmIdentifier
import org.bouncycastle.asn1.x509.Extension
import org.bouncycastle.asn1.x509.Extensions
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo
import org.bouncycastle.asn1.x509.Time
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator

/** Self-signed, with the attestation extension's challenge: enough for the code that reads it, proof of nothing. */
internal object FakeCertificate {
    private val sha256WithEcdsa = AlgorithmIdentifier(ASN1ObjectIdentifier("1.2.840.10045.4.3.2"))
    private val attestation = ASN1ObjectIdentifier("1.3.6.1.4.1.11129.2.1.17")
    private const val VERSION = 300L

    fun of(pair: KeyPair, spec: KeyGenParameterSpec): Certificate {
        val name = X500Name(spec.certificateSubject.name)
        val generator = V3TBSCertificateGenerator().apply {
            setSerialNumber(ASN1Integer(spec.certificateSerialNumber ?: BigInteger.ONE))
            setSignature(sha256WithEcdsa)
            setIssuer(name)
            setSubject(name)
            setStartDate(Time(spec.certificateNotBefore))
            setEndDate(Time(spec.certificateNotAfter))
            setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(pair.public.encoded))
            spec.attestationChallenge?.let {
                setExtensions(Extensions(Extension(attestation, false, description(it, spec.isStrongBoxBacked))))
            }
        }
        val tbs = generator.generateTBSCertificate()
        val signature = Signature.getInstance("SHA256withECDSA", FakeAndroidKeyStore.real).run {
            initSign(pair.private)
            update(tbs.encoded)
            sign()
        }
        val der = DERSequence(arrayOf(tbs, sha256WithEcdsa, DERBitString(signature))).encoded
        return CertificateFactory.getInstance("X.509").generateCertificate(der.inputStream())
    }

    private fun description(challenge: ByteArray, strongBox: Boolean): ByteArray {
        val level = ASN1Enumerated(if (strongBox) 2 else 1)
        return DERSequence(ASN1EncodableVector().apply {
            add(ASN1Integer(VERSION))
            add(level)
            add(ASN1Integer(VERSION))
            add(level)
            add(DEROctetString(challenge))
            add(DEROctetString(ByteArray(0)))
            add(DERSequence())
            add(DERSequence())
        }).encoded
    }
}
