// An OpenID4VCI 1.0 issuer on loopback https, made of @openid4vc/openid4vci and @openid4vc/oauth2.
//
// As a module: `startIssuer`. As a program: prints two offers and what the wallet sends (see README.md).
import {
  Oauth2AuthorizationServer,
  Oauth2ResourceServer,
  Oauth2ResourceUnauthorizedError,
  Oauth2ServerErrorResponseError,
  preAuthorizedCodeGrantIdentifier,
} from '@openid4vc/oauth2';
import { Openid4vciIssuer } from '@openid4vc/openid4vci';
import { isMain, showRunning } from './lib/main.mjs';
import { oid4vcCallbacks } from './lib/callbacks.mjs';
import { createDpopNonces } from './lib/dpop-nonces.mjs';
import { serve } from './lib/https.mjs';
import { generateKey, publicJwk, randomText } from './lib/keys.mjs';
import { createOfferings } from './lib/offerings.mjs';
import { createStatuses } from './lib/statuses.mjs';
import { createWorld } from './lib/world.mjs';

const es256 = ['ES256'];
const tokenLifetime = 600;

/**
 * `roots` are `{ eu, ca }`. `spoil` makes a bad issuer of a good one: it may change what one copy is made of
 * (`{ deviceKey, signer, issuedAt, days }`) and the finished credential (`credential`). `dpopNonces` demands RFC 9449 nonces.
 * `listed` gives each SD-JWT a place in a status list, with this value; the list is signed by the signer of `listedBy`.
 */
export async function startIssuer({
  tlsRoot, roots, batchSize = 10, spoil = {}, dpopNonces = false, listed, listedBy = 'eu-pid-sd-jwt', port = 0,
}) {
  const tokenKey = await generateKey();
  const offers = new Map();
  const nonces = new Set();
  const notifications = [];
  const demand = createDpopNonces(dpopNonces);

  const routes = {};
  const server = await serve(tlsRoot, (request) => routes[`${request.method} ${request.path}`]?.(request), { port });
  const issuerId = server.origin;
  const offerings = await createOfferings(roots, issuerId);

  const listUri = `${issuerId}/status/1`;
  const statuses = listed === undefined ? undefined : createStatuses(listUri, { value: listed, signer: offerings[listedBy].issuer });

  // The library fetches the key set of the authorization server to check its own tokens: it is answered without a network.
  const jwks = { keys: [{ ...publicJwk(tokenKey), use: 'sig', alg: 'ES256', kid: 'token' }] };
  const callbacks = oid4vcCallbacks({ keys: [tokenKey], fetch: async () => Response.json(jwks) });
  const authorization = new Oauth2AuthorizationServer({ callbacks });
  const resource = new Oauth2ResourceServer({ callbacks });
  const issuer = new Openid4vciIssuer({ callbacks });

  const issuerMetadata = issuer.createCredentialIssuerMetadata({
    credential_issuer: issuerId,
    credential_endpoint: `${issuerId}/credential`,
    nonce_endpoint: `${issuerId}/nonce`,
    notification_endpoint: `${issuerId}/notification`,
    batch_credential_issuance: { batch_size: batchSize },
    display: [
      { name: 'Interop issuer', locale: 'en' },
      { name: 'Émetteur d’essai', locale: 'fr' },
    ],
    credential_configurations_supported: Object.fromEntries(
      Object.entries(offerings).map(([id, { configuration }]) => [id, configuration]),
    ),
  });
  const serverMetadata = authorization.createAuthorizationServerMetadata({
    issuer: issuerId,
    token_endpoint: `${issuerId}/token`,
    jwks_uri: `${issuerId}/jwks`,
    grant_types_supported: [preAuthorizedCodeGrantIdentifier],
    response_types_supported: ['code'],
    dpop_signing_alg_values_supported: es256,
    'pre-authorized_grant_anonymous_access_supported': true,
  });
  const metadata = {
    credentialIssuer: issuerMetadata,
    authorizationServers: [serverMetadata],
    knownCredentialConfigurations: issuer.getKnownCredentialConfigurationsSupported(issuerMetadata),
  };

  routes['GET /.well-known/openid-credential-issuer'] = () => ({ json: issuerMetadata });
  routes['GET /.well-known/oauth-authorization-server'] = () => ({ json: serverMetadata });
  routes['GET /jwks'] = () => ({ json: jwks });
  if (statuses) routes['GET /status/1'] = async () => ({ body: await statuses.token(), type: 'application/statuslist+jwt' });
  routes['POST /nonce'] = () => {
    const nonce = randomText();
    nonces.add(nonce);
    return { json: issuer.createNonceResponse({ cNonce: nonce }), headers: demand.header() };
  };
  routes['POST /token'] = (request) => refusable(() => token(request));
  routes['POST /credential'] = (request) => refusable(() => credential(request));
  routes['POST /notification'] = (request) =>
    refusable(async () => {
      await authorized(request);
      notifications.push(JSON.parse(request.text));
      return { status: 204 };
    });

  async function token(request) {
    const accessTokenRequest = Object.fromEntries(new URLSearchParams(request.text));
    const parsed = authorization.parseAccessTokenRequest({ request, accessTokenRequest });
    const offer = [...offers.values()].find(({ code }) => code === parsed.grant.preAuthorizedCode);
    if (!offer || offer.spent) throw oauthError('invalid_grant', 'unknown or spent pre-authorized code');
    const retry = demand.missingFrom(parsed.dpop?.jwt);
    if (retry) return { status: 400, json: { error: 'use_dpop_nonce' }, headers: retry };

    const { dpop } = await authorization.verifyPreAuthorizedCodeAccessTokenRequest({
      request,
      grant: parsed.grant,
      accessTokenRequest: parsed.accessTokenRequest,
      expectedPreAuthorizedCode: offer.code,
      expectedTxCode: offer.txCode,
      authorizationServerMetadata: serverMetadata,
      dpop: parsed.dpop && { jwt: parsed.dpop.jwt, allowedSigningAlgs: es256 },
    });
    offer.spent = true;
    offer.tokenRequest = { parameters: accessTokenRequest, dpop: Boolean(dpop) };
    const json = await authorization.createAccessTokenResponse({
      authorizationServer: issuerId,
      audience: issuerId,
      signer: { method: 'jwk', alg: 'ES256', publicJwk: publicJwk(tokenKey) },
      subject: offer.id,
      expiresInSeconds: tokenLifetime,
      dpop,
    });
    return { json, headers: demand.header() };
  }

  async function authorized(request) {
    const { tokenPayload } = await resource.verifyResourceRequest({
      authorizationServers: [serverMetadata],
      request,
      resourceServer: issuerId,
    });
    return offers.get(tokenPayload.sub);
  }

  async function credential(request) {
    const retry = demand.missingFrom(request.headers.get('DPoP'));
    if (retry) return { status: 401, headers: { ...retry, 'www-authenticate': 'DPoP error="use_dpop_nonce"' } };
    const offer = await authorized(request);
    const parsed = issuer.parseCredentialRequest({ issuerMetadata: metadata, credentialRequest: JSON.parse(request.text) });
    const id = parsed.credentialConfigurationId;
    if (!offer.configurations.includes(id)) throw oauthError('unknown_credential_configuration', 'not part of the offer');

    const deviceKeys = await provenKeys(parsed.proofs);
    const issuedAt = Date.now();
    const credentials = [];
    for (const deviceKey of deviceKeys) {
      const status = statuses?.place();
      const material = { deviceKey, signer: offerings[id].issuer, issuedAt, days: 14, status, ...(await spoil.material?.(id)) };
      const made = await offerings[id].issue(material);
      credentials.push({ credential: spoil.credential ? await spoil.credential(made, id) : made });
    }
    offer.issued.push({ id, request: JSON.parse(request.text), copies: credentials.length });
    return {
      json: issuer.createCredentialResponse({ credentialRequest: parsed, credentials, notificationId: `${offer.id}.${id}` }),
      headers: demand.header(),
    };
  }

  /** The keys whose owner signed the `c_nonce`, once each. */
  async function provenKeys(proofs) {
    const jwts = proofs?.jwt ?? [];
    if (jwts.length === 0) throw oauthError('invalid_proof', 'no proof of type jwt');
    if (jwts.length > batchSize) throw oauthError('invalid_proof', `${jwts.length} proofs, but the batch size is ${batchSize}`);
    const keys = [];
    const spent = new Set();
    for (const jwt of jwts) {
      const nonce = nonceOf(jwt);
      if (!nonces.has(nonce)) throw oauthError('invalid_nonce', 'the proof holds no nonce of this issuer');
      const { signer } = await issuer.verifyCredentialRequestJwtProof({ issuerMetadata: metadata, jwt, expectedNonce: nonce });
      spent.add(nonce);
      keys.push(publicJwk(signer.publicJwk));
    }
    if (new Set(keys.map(({ x }) => x)).size !== keys.length) throw oauthError('invalid_proof', 'one key proven twice');
    spent.forEach((nonce) => nonces.delete(nonce));
    return keys;
  }

  /** Makes an offer for `configurations`; by default with a transaction code and by value. */
  async function offer(configurations, { withTxCode = true, byReference = false } = {}) {
    const id = randomText(9);
    const made = { id, configurations, code: randomText(), txCode: withTxCode ? sixDigits() : undefined, issued: [] };
    const path = `/offer/${id}`;
    const { credentialOffer, credentialOfferObject } = await issuer.createCredentialOffer({
      issuerMetadata: metadata,
      credentialConfigurationIds: configurations,
      credentialOfferUri: byReference ? `${issuerId}${path}` : undefined,
      grants: {
        [preAuthorizedCodeGrantIdentifier]: {
          'pre-authorized_code': made.code,
          tx_code: withTxCode ? { input_mode: 'numeric', length: 6, description: 'Six digits / Six chiffres' } : undefined,
        },
      },
    });
    if (byReference) routes[`GET ${path}`] = () => ({ json: credentialOfferObject });
    offers.set(id, made);
    return Object.assign(made, { link: credentialOffer });
  }

  const signers = Object.fromEntries(Object.entries(offerings).map(([id, { issuer: signer }]) => [id, signer]));
  return { issuerId, signers, offer, notifications, requests: server.requests, close: server.close };
}

const sixDigits = () => String(100_000 + (Buffer.from(randomText(3)).readUInt32BE(0) % 900_000));

const nonceOf = (jwt) => {
  try {
    return JSON.parse(Buffer.from(jwt.split('.')[1], 'base64url')).nonce;
  } catch {
    return undefined;
  }
};

const oauthError = (error, error_description) => new Oauth2ServerErrorResponseError({ error, error_description });

async function refusable(answer) {
  try {
    return await answer();
  } catch (error) {
    if (error instanceof Oauth2ServerErrorResponseError) return { status: error.status ?? 400, json: error.errorResponse };
    if (error instanceof Oauth2ResourceUnauthorizedError) return { status: 401, headers: { 'www-authenticate': error.toHeaderValue() } };
    throw error;
  }
}

if (isMain(import.meta.url)) {
  const world = await createWorld();
  const issuer = await startIssuer({
    tlsRoot: world.tls,
    roots: { eu: world.euIssuers, ca: world.caIssuers },
    port: Number(process.argv[2] ?? 0),
  });
  const pid = await issuer.offer(['eu-pid-sd-jwt', 'eu-pid-mdoc']);
  const mdl = await issuer.offer(['ca-mdl-mdoc']);
  await showRunning(world, {
    'offer of a PID in both formats': pid.link,
    'its transaction code': pid.txCode,
    'offer of a Canadian mDL': mdl.link,
    'its transaction code ': mdl.txCode,
  });
}
