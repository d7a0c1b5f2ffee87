// A holder made of the same libraries: it proves the issuer and the verifier when there is no wallet yet, and it can misbehave
// where a wallet that is right cannot, which proves that their checks are able to fail.
import { calculateJwkThumbprint, HashAlgorithm } from '@openid4vc/oauth2';
import { Openid4vciClient } from '@openid4vc/openid4vci';
import { Openid4vpClient } from '@openid4vc/openid4vp';
import { DcqlQuery } from 'dcql';
import { IssuerSigned } from '@owf/mdoc';
import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc';
import { oid4vcCallbacks } from './lib/callbacks.mjs';
import { authorityKeyIdsOf } from './lib/chain.mjs';
import { fetchTrusting } from './lib/https.mjs';
import { generateKey, publicJwk, sha256 } from './lib/keys.mjs';
import { presentMdoc } from './lib/mdoc.mjs';
import { claimsOf } from './lib/mdoc-json.mjs';
import { presentSdJwt } from './lib/sd-jwt.mjs';
import { mdocElements, sdJwtFrame, select } from './lib/selection.mjs';

const jwkSigner = (key) => ({ method: 'jwk', alg: 'ES256', publicJwk: publicJwk(key) });

export function createHolder(tlsRoot) {
  const fetch = fetchTrusting(tlsRoot.pem);
  const held = [];

  /**
   * Takes `copies` of each credential of the offer and keeps the first. `bad` spoils one step: `proof` changes header and payload
   * of the proofs before they are signed, `sameKey` proves one key twice, `proofs` the finished list, `token` the access token.
   */
  async function receive(link, { txCode, copies = 2, dpop = false, bad = {} } = {}) {
    const plain = new Openid4vciClient({ callbacks: oid4vcCallbacks({ fetch }) });
    const credentialOffer = await plain.resolveCredentialOffer(link);
    const issuerMetadata = await plain.resolveIssuerMetadata(credentialOffer.credential_issuer);
    const dpopKey = dpop ? await generateKey() : undefined;
    const client = (keys) =>
      new Openid4vciClient({ callbacks: oid4vcCallbacks({ fetch, keys: [...keys, ...(dpopKey ? [dpopKey] : [])], rewrite: bad.proof }) });

    const { accessTokenResponse, dpop: dpopState } = await client([]).retrievePreAuthorizedCodeAccessTokenFromOffer({
      credentialOffer,
      issuerMetadata,
      txCode,
      dpop: dpopKey && { signer: jwkSigner(dpopKey) },
    });
    const accessToken = bad.token ? bad.token(accessTokenResponse.access_token) : accessTokenResponse.access_token;
    const received = [];
    for (const id of credentialOffer.credential_configuration_ids) {
      const { c_nonce: nonce } = await plain.requestNonce({ issuerMetadata });
      const keys = [];
      for (let copy = 0; copy < copies; copy++) keys.push(bad.sameKey && copy > 0 ? keys[0] : await generateKey());
      const jwt = [];
      for (const key of keys) {
        jwt.push(
          (
            await client([key]).createCredentialRequestJwtProof({
              issuerMetadata,
              credentialConfigurationId: id,
              signer: jwkSigner(key),
              nonce,
              issuedAt: new Date(),
            })
          ).jwt,
        );
      }
      const { credentialResponse } = await client([]).retrieveCredentials({
        accessToken,
        credentialConfigurationId: id,
        issuerMetadata,
        proofs: { jwt: bad.proofs ? bad.proofs(jwt) : jwt },
        dpop: dpopState,
      });
      const credentials = credentialResponse.credentials.map(({ credential }) => credential);
      received.push({ id, credentials, keys });
      await keep(credentials[0], keys[0]);
      await client([]).sendNotification({
        issuerMetadata,
        accessToken,
        dpop: dpopState,
        notification: { notificationId: credentialResponse.notification_id, event: 'credential_accepted' },
      });
    }
    return received;
  }

  async function open(link) {
    const client = new Openid4vpClient({ callbacks: oid4vcCallbacks({ fetch }) });
    const { params } = client.parseOpenid4vpAuthorizationRequest({ authorizationRequest: link });
    return client.resolveOpenId4vpAuthorizationRequest({ authorizationRequestPayload: params });
  }

  /**
   * Answers a request. `bad` spoils one step: `asked` is the query that is answered instead of the real one, `paths` what is
   * disclosed, `keyBinding` and `transcript` what the device signs, `deviceKey` who signs, `presentations` and `vpToken` what is sent,
   * `request` what else the request is taken to have said, `encryptionJwk` for whom the answer is encrypted.
   */
  async function present(link, { enc = ['A256GCM', 'A128GCM'], bad = {} } = {}) {
    const { authorizationRequestPayload: request } = await open(link);
    const taken = { ...request, ...bad.request };
    const query = DcqlQuery.parse(bad.asked ?? request.dcql_query);
    const [encryptionJwk] = request.client_metadata.jwks?.keys ?? [];
    const vpToken = {};
    for (const { queryId, credential, paths } of select(query, held)) {
      const made = await presentOne(credential, bad.paths ?? paths, request, encryptionJwk, bad);
      vpToken[queryId] = bad.presentations ? await bad.presentations(made, credential) : [made];
    }
    const client = new Openid4vpClient({ callbacks: oid4vcCallbacks({ fetch }) });
    const { authorizationResponsePayload, jarm } = await client.createOpenid4vpAuthorizationResponse({
      authorizationRequestPayload: taken,
      authorizationResponsePayload: { vp_token: bad.vpToken ? bad.vpToken(vpToken) : vpToken },
      jarm: taken.response_mode === 'direct_post.jwt' ? encryptionTo({ ...encryptionJwk, ...bad.encryptionJwk }, enc) : undefined,
    });
    const { response } = await client.submitOpenid4vpAuthorizationResponse({
      authorizationRequestPayload: request,
      authorizationResponsePayload,
      jarm,
    });
    return { status: response.status, body: await response.json() };
  }

  async function decline(link) {
    const { authorizationRequestPayload: request } = await open(link);
    const body = new URLSearchParams({ error: 'access_denied', state: request.state });
    const response = await fetch(request.response_uri, { method: 'POST', body });
    return { status: response.status, body: await response.json() };
  }

  /** Adds a credential that did not come by an offer. */
  async function keep(credential, deviceKey) {
    held.push({ ...(await read(credential)), credential, deviceKey });
  }

  return { receive, keep, present, decline };
}

const encryptionTo = (jwk, enc) => ({
  encryption: { jwk, nonce: 'any' },
  serverMetadata: { authorization_encryption_alg_values_supported: ['ECDH-ES'], authorization_encryption_enc_values_supported: enc },
});

async function presentOne({ format, credential, deviceKey, claims }, paths, request, encryptionJwk, bad) {
  const signingKey = bad.deviceKey ?? deviceKey;
  if (format === 'dc+sd-jwt') {
    const keyBinding = { iat: Math.floor(Date.now() / 1000), aud: request.client_id, nonce: request.nonce, ...bad.keyBinding };
    return presentSdJwt({ credential, frame: sdJwtFrame(paths, claims), keyBinding, deviceKey: signingKey });
  }
  const transcript = {
    clientId: request.client_id,
    nonce: request.nonce,
    responseUri: request.response_uri,
    jwkThumbprint: await thumbprint(encryptionJwk),
    ...bad.transcript,
  };
  return presentMdoc({ credential, elements: mdocElements(paths), deviceKey: signingKey, transcript });
}

async function thumbprint(jwk) {
  if (!jwk) return undefined;
  return new Uint8Array(
    Buffer.from(await calculateJwkThumbprint({ jwk, hashAlgorithm: HashAlgorithm.Sha256, hashCallback: sha256 }), 'base64url'),
  );
}

const read = (credential) => (credential.includes('~') ? readSdJwt(credential) : readMdoc(credential));

const asDcqlCredential = (format, chain, more) => ({
  credential_format: format,
  authority: { type: 'aki', values: authorityKeyIdsOf(chain) },
  cryptographic_holder_binding: true,
  ...more,
});

async function readSdJwt(credential) {
  const instance = new SDJwtVcInstance({ hasher: (data) => sha256(Buffer.from(data)) });
  const { jwt } = await instance.decode(credential);
  const claims = await instance.getClaims(credential);
  const chain = jwt.header.x5c.map((text) => new Uint8Array(Buffer.from(text, 'base64')));
  return { format: 'dc+sd-jwt', claims, dcql: asDcqlCredential('dc+sd-jwt', chain, { vct: claims.vct, claims }) };
}

function readMdoc(credential) {
  const { issuerAuth, issuerNamespaces } = IssuerSigned.fromEncodedForOid4Vci(credential);
  const claims = claimsOf(issuerNamespaces);
  const { docType } = issuerAuth.mobileSecurityObject;
  return {
    format: 'mso_mdoc',
    claims,
    dcql: asDcqlCredential('mso_mdoc', issuerAuth.certificateChain, { doctype: docType, namespaces: claims }),
  };
}
