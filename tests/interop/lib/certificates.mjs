// Test certificates: roots and what they sign, in the profiles of ISO/IEC 18013-5 annex B where those apply.
import 'reflect-metadata'; // @peculiar/x509 stops at import without it, and does not bring it along
import * as x509 from '@peculiar/x509';
import { webcrypto } from 'node:crypto';
import { generateKey, importPrivate, importPublic, publicJwk, random } from './keys.mjs';

x509.cryptoProvider.set(webcrypto);

const day = 24 * 60 * 60 * 1000;
const signingAlgorithm = { name: 'ECDSA', hash: 'SHA-256' };
const { digitalSignature, keyCertSign, cRLSign } = x509.KeyUsageFlags;

export const documentSigner = '1.0.18013.5.1.2';
export const serverAuth = '1.3.6.1.5.5.7.3.1';

/** A positive serial number of 20 octets: the first one keeps its top bit clear and is not zero. */
function serialNumber() {
  const bytes = random(20);
  bytes[0] = (bytes[0] & 0x3f) | 0x40;
  return Buffer.from(bytes).toString('hex');
}

// ISO 18013-5 wants both in an IACA and in a document signer; nothing here ever fetches them.
const issuerContacts = () => [
  new x509.IssuerAlternativeNameExtension([{ type: 'url', value: 'https://authority.example' }]),
  new x509.CRLDistributionPointsExtension(['https://authority.example/crl']),
];

async function build({ fields, issuer, key, issuerKey, days, extensions, startsInDays }) {
  const publicKey = await importPublic(key);
  const notBefore = new Date(Math.floor(Date.now() / 1000) * 1000 + startsInDays * day);
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: nameOf(fields),
    issuer,
    notBefore,
    notAfter: new Date(notBefore.getTime() + days * day),
    publicKey,
    signingKey: await importPrivate(issuerKey),
    signingAlgorithm,
    extensions: [await x509.SubjectKeyIdentifierExtension.create(publicKey), ...extensions],
  });
  return { fields, key, certificate, der: new Uint8Array(certificate.rawData), pem: certificate.toString('pem') };
}

/** Distinguished name from `{ C, ST, O, CN }`, in that order. */
const nameOf = (fields) =>
  Object.entries(fields).map(([field, value]) => ({ [field]: [field === 'C' ? { printableString: value } : { utf8String: value }] }));

// Everything began some days ago, a root before its leaves, so that a credential can be over while its signer is not.
export async function createRoot(fields, { days = 3650, startsInDays = -90 } = {}) {
  const key = await generateKey();
  const extensions = [
    new x509.BasicConstraintsExtension(true, 0, true),
    new x509.KeyUsagesExtension(keyCertSign | cRLSign, true),
    ...issuerContacts(),
  ];
  return build({ fields, issuer: nameOf(fields), key, issuerKey: key, days, startsInDays, extensions });
}

/**
 * A leaf under `root`. `names` are subject alternative names (`{ dns: […], uris: […] }`), `usages` extended key usages.
 */
export async function createLeaf(
  root,
  fields,
  { days = 365, startsInDays = -7, names = {}, usages = [], usagesCritical = false, contacts = false } = {},
) {
  const key = await generateKey();
  const alternativeNames = [
    ...(names.dns ?? []).map((value) => ({ type: 'dns', value })),
    ...(names.uris ?? []).map((value) => ({ type: 'url', value })),
  ];
  const extensions = [
    await x509.AuthorityKeyIdentifierExtension.create(root.certificate.publicKey),
    new x509.KeyUsagesExtension(digitalSignature, true),
    ...(alternativeNames.length ? [new x509.SubjectAlternativeNameExtension(alternativeNames)] : []),
    ...(usages.length ? [new x509.ExtendedKeyUsageExtension(usages, usagesCritical)] : []),
    ...(contacts ? issuerContacts() : []),
  ];
  return build({
    fields,
    // The library's own way to copy a name writes PrintableString where the root has UTF8String. Wallets meet that, so it stays;
    // TLS libraries compare the bytes.
    issuer: usages.includes(serverAuth) ? nameOf(root.fields) : root.certificate.subjectName.toJSON(),
    key,
    issuerKey: root.key,
    days,
    startsInDays,
    extensions,
  });
}

/** The signer of mdocs: 457 days at most, one critical key usage and one critical extended key usage. */
export const createDocumentSigner = (root, fields, options = {}) =>
  createLeaf(root, fields, { days: 365, usages: [documentSigner], usagesCritical: true, contacts: true, ...options });

export const parseCertificate = (der) => new x509.X509Certificate(der);

export async function publicKeyOf(certificate) {
  const key = await certificate.publicKey.export({ name: 'ECDSA', namedCurve: 'P-256' }, ['verify']);
  return publicJwk(await webcrypto.subtle.exportKey('jwk', key));
}

export function alternativeNamesOf(certificate) {
  const extension = certificate.getExtension(x509.SubjectAlternativeNameExtension);
  const names = extension ? extension.names.toJSON() : [];
  const ofType = (type) => names.filter((name) => name.type === type).map((name) => name.value);
  return { dns: ofType('dns'), uris: ofType('url') };
}

export function authorityKeyIdOf(certificate) {
  const keyId = certificate.getExtension(x509.AuthorityKeyIdentifierExtension)?.keyId;
  return keyId ? Buffer.from(keyId, 'hex').toString('base64url') : undefined;
}

export const isAuthority = (certificate) =>
  certificate.getExtension(x509.BasicConstraintsExtension)?.ca === true &&
  ((certificate.getExtension(x509.KeyUsagesExtension)?.usages ?? 0) & keyCertSign) !== 0;

export const extendedUsagesOf = (certificate) => [...(certificate.getExtension(x509.ExtendedKeyUsageExtension)?.usages ?? [])];

export const signedBy = async (certificate, issuer, date) =>
  certificate.issuer === issuer.subject && certificate.verify({ publicKey: issuer.publicKey, date });
