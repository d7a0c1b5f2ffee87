// Checks every presentation of a vp_token cryptographically, then all of them against the DCQL query.
import { DcqlPresentationResult } from 'dcql';
import { verifyMdoc } from './mdoc.mjs';
import { verifySdJwt } from './sd-jwt.mjs';

/** Returns `{ queryId: [verified presentation, …] }`, or throws. `session` is what the request promised to check against. */
export async function verifyPresentations({ vpToken, query, anchors, session }) {
  const verified = {};
  for (const [queryId, presentations] of Object.entries(vpToken)) {
    const credentialQuery = query.credentials.find(({ id }) => id === queryId);
    if (!credentialQuery) throw new Error(`vp_token answers ${queryId}, which was not asked`);
    verified[queryId] = [];
    for (const presentation of presentations) {
      verified[queryId].push(await verifyOne(credentialQuery.format, presentation, anchors, session));
    }
  }
  checkAgainstQuery(verified, query);
  return verified;
}

function verifyOne(format, presentation, anchors, { clientId, nonce, responseUri, jwkThumbprint }) {
  if (format === 'dc+sd-jwt') return verifySdJwt({ presentation, anchors, audience: clientId, nonce });
  return verifyMdoc({ presentation, anchors, transcript: { clientId, nonce, responseUri, jwkThumbprint } });
}

function checkAgainstQuery(verified, query) {
  const presented = Object.entries(verified).map(([id, list]) => [id, list.map(asDcqlPresentation)]);
  const result = DcqlPresentationResult.fromDcqlPresentation(Object.fromEntries(presented), { dcqlQuery: query });
  if (!result.can_be_satisfied) throw new Error(`the presentations do not answer the query: ${JSON.stringify(result)}`);
}

function asDcqlPresentation({ format, vct, docType, claims, authorityKeyIds }) {
  const authority = { type: 'aki', values: authorityKeyIds };
  const common = { credential_format: format, authority, cryptographic_holder_binding: true };
  return format === 'mso_mdoc' ? { ...common, doctype: docType, namespaces: claims } : { ...common, vct, claims };
}
