// Path building as a relying party needs it here: leaf first, no anchor inside, every signature, date and CA flag checked.
import { authorityKeyIdOf, extendedUsagesOf, isAuthority, parseCertificate, signedBy } from './certificates.mjs';

const sameBytes = (one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)) === 0;

const contains = (list, der) => list.some((entry) => sameBytes(entry, der));

/** Returns the leaf certificate, or throws. `chain` and `anchors` are lists of DER. */
export async function verifyChain({ chain, anchors, date = new Date(), usage }) {
  if (!chain?.length) throw new Error('no certificate chain');
  if (chain.some((der) => contains(anchors, der))) throw new Error('the chain holds its trust anchor');
  const certificates = chain.map(parseCertificate);
  const roots = anchors.map(parseCertificate);

  for (let i = 0; i + 1 < certificates.length; i++) {
    await mustSign(certificates[i + 1], certificates[i], date);
  }
  const top = certificates.at(-1);
  const root = roots.find((candidate) => candidate.subject === top.issuer);
  if (!root) throw new Error(`no trust anchor for ${top.issuer}`);
  await mustSign(root, top, date);

  const [leaf] = certificates;
  if (isAuthority(leaf)) throw new Error('the leaf is a CA certificate');
  if (usage && !extendedUsagesOf(leaf).includes(usage)) throw new Error(`the leaf lacks the extended key usage ${usage}`);
  return leaf;
}

async function mustSign(issuer, certificate, date) {
  if (!isAuthority(issuer)) throw new Error(`${issuer.subject} is no CA`);
  if (date < issuer.notBefore || date > issuer.notAfter) throw new Error(`${issuer.subject} is outside its validity`);
  if (!(await signedBy(certificate, issuer, date)))
    throw new Error(`${certificate.subject} has no valid signature of ${issuer.subject}, or is outside its validity`);
}

/** What `trusted_authorities` of type `aki` is compared with: one entry for each certificate of the credential's chain. */
export const authorityKeyIdsOf = (chain) => chain.map((der) => authorityKeyIdOf(parseCertificate(der)));
