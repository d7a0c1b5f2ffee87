// What @owf/mdoc leaves to the application: random numbers, digests, ES256, and the reading of certificates.
import { CoseKey } from '@owf/mdoc';
import { createHash } from 'node:crypto';
import { documentSigner, parseCertificate, publicKeyOf } from './certificates.mjs';
import { verifyChain } from './chain.mjs';
import { publicJwk, random, sign, verify } from './keys.mjs';

const hashName = { 'SHA-256': 'sha256', 'SHA-384': 'sha384', 'SHA-512': 'sha512' };
/** ES256 and ESP256: two numbers for the same signature on P-256. */
const es256 = [-7, -9];

const algorithmOf = (sign1) => sign1.protectedHeaders.headers.get(1);

export const mdocContext = {
  crypto: {
    random,
    digest: ({ digestAlgorithm, bytes }) => new Uint8Array(createHash(hashName[digestAlgorithm]).update(bytes).digest()),
    calculateEphemeralMacKey: () => {
      throw new Error('OpenID4VP has no reader key, so no MAC');
    },
  },
  cose: {
    sign1: {
      sign: ({ toBeSigned, key }) => sign(key.jwk, toBeSigned),
      verify: async ({ sign1, key }) => es256.includes(algorithmOf(sign1)) && verify(key.jwk, sign1.toBeSigned, sign1.signature),
    },
  },
  x509: {
    getIssuerNameField: ({ certificate, field }) => parseCertificate(certificate).issuerName.getField(field),
    getPublicKey: async ({ certificate }) => coseKey(await publicKeyOf(parseCertificate(certificate))),
    verifyCertificateChain: ({ trustedCertificates, x5chain, now }) =>
      verifyChain({ chain: x5chain, anchors: trustedCertificates, date: now, usage: documentSigner }),
    getCertificateData: ({ certificate }) => {
      const { issuer, subject, serialNumber, notBefore, notAfter } = parseCertificate(certificate);
      return { issuerName: issuer, subjectName: subject, serialNumber, notBefore, notAfter };
    },
  },
};

/** A COSE key with `alg` only where it signs: the library copies a key's members into the credential as they are. */
export const coseKey = (jwk) => CoseKey.fromJwk(jwk.d ? { ...publicJwk(jwk), d: jwk.d, alg: 'ES256' } : publicJwk(jwk));
