// An OpenID4VP 1.0 verifier on loopback https, made of @openid4vc/openid4vp, dcql, @sd-jwt/sd-jwt-vc and @owf/mdoc.
//
// As a module: `startVerifier`. As a program: prints requests and what comes back (see README.md).
import { calculateJwkThumbprint, HashAlgorithm } from '@openid4vc/oauth2';
import { Openid4vpVerifier } from '@openid4vc/openid4vp';
import { DcqlQuery } from 'dcql';
import { decodeProtectedHeader } from 'jose';
import { startIssuer } from './issuer.mjs';
import { createLeaf } from './lib/certificates.mjs';
import { oid4vcCallbacks } from './lib/callbacks.mjs';
import { serve } from './lib/https.mjs';
import { base64url, generateKey, publicJwk, randomText, sha256 } from './lib/keys.mjs';
import { isMain, showRunning } from './lib/main.mjs';
import { pidVct } from './lib/pid.mjs';
import { verifyPresentations } from './lib/presentations.mjs';
import { createWorld } from './lib/world.mjs';

const staticDiscovery = 'https://self-issued.me/v2';
const requestLifetime = 300;

const vpFormats = {
  'dc+sd-jwt': { 'sd-jwt_alg_values': ['ES256'], 'kb-jwt_alg_values': ['ES256'] },
  mso_mdoc: { issuerauth_alg_values: [-7], deviceauth_alg_values: [-7, -9] }, // @owf/mdoc cannot name -9 in issuerAuth
};

/** `root` vouches for this verifier; `anchors` (DER) are the issuers' roots it believes; `onResult` hears of each finished request. */
export async function startVerifier({ tlsRoot, root, anchors, name = 'Interop verifier', country = 'FR', port = 0, onResult = () => {} }) {
  const sessions = new Map();
  const server = await serve(tlsRoot, (request) => route(request), { port });
  const signer = await createLeaf(root, { C: country, O: name, CN: name }, { names: { dns: ['localhost'] } });
  const clientIds = { x509_hash: `x509_hash:${base64url(sha256(signer.der))}`, x509_san_dns: 'x509_san_dns:localhost' };

  function route({ method, path, text }) {
    const [, part, id] = path.split('/');
    const session = sessions.get(id);
    if (!session) return undefined;
    if (part === 'request' && method === (session.byPost ? 'POST' : 'GET')) return serveRequest(session, text);
    if (part === 'response' && method === 'POST') return receive(session, text);
    return undefined;
  }

  /**
   * Creates a request; `link` is what a wallet opens, `result` what came of it.
   * With `aud` null the library names its own, the request_uri.
   * `bad` makes it a request to refuse: `rewrite` changes header and payload before signing, `jwt` the signed text, `link` the link;
   * `served` and `answered` are sent in place of the request object and of the answer to what was posted.
   */
  async function request({
    query,
    responseMode = 'direct_post.jwt',
    enc = ['A128GCM', 'A256GCM'],
    prefix = 'x509_hash',
    scheme = 'openid4vp://',
    aud = staticDiscovery,
    byPost = false,
    redirect = false,
    bad = {},
  }) {
    const dcql = DcqlQuery.parse(query);
    DcqlQuery.validate(dcql);
    const id = randomText(12);
    const encryptionKey = responseMode === 'direct_post.jwt' ? await generateKey() : undefined;
    const encryptionJwk = encryptionKey && { ...publicJwk(encryptionKey), use: 'enc', alg: 'ECDH-ES', kid: randomText(6) };
    const session = {
      id,
      query,
      dcql,
      enc,
      byPost,
      bad,
      encryptionKey,
      encryptionJwk,
      fetched: 0,
      posts: [],
      result: undefined,
      requestUri: `${server.origin}/request/${id}`,
      redirectUri: redirect ? `${server.origin}/done/${id}?response_code=${randomText()}` : undefined,
      jar: {
        requestUri: `${server.origin}/request/${id}`,
        jwtSigner: { method: 'x5c', alg: 'ES256', x5c: [Buffer.from(signer.der).toString('base64')] },
        expiresInSeconds: requestLifetime,
        additionalJwtPayload: aud ? { aud } : undefined,
      },
      payload: {
        response_type: 'vp_token',
        response_mode: responseMode,
        client_id: clientIds[prefix],
        response_uri: `${server.origin}/response/${id}`,
        nonce: randomText(),
        state: randomText(),
        dcql_query: query,
        client_metadata: {
          vp_formats_supported: vpFormats,
          ...(encryptionJwk ? { jwks: { keys: [encryptionJwk] }, encrypted_response_enc_values_supported: enc } : {}),
        },
      },
    };
    const { authorizationRequest } = await createRequestObject(session, { scheme });
    sessions.set(id, session);
    const link = byPost ? `${authorizationRequest}&request_uri_method=post` : authorizationRequest;
    return Object.assign(session, { link: bad.link ? bad.link(link) : link });
  }

  function createRequestObject(session, { scheme, walletNonce } = {}) {
    const callbacks = oid4vcCallbacks({ keys: [signer.key], rewrite: session.bad.rewrite });
    return new Openid4vpVerifier({ callbacks }).createOpenId4vpAuthorizationRequest({
      scheme,
      jar: session.jar,
      authorizationRequestPayload: walletNonce ? { ...session.payload, wallet_nonce: walletNonce } : session.payload,
      wallet: walletNonce ? { expectedNonce: walletNonce } : undefined,
    });
  }

  async function serveRequest(session, text) {
    session.fetched += 1;
    if (session.bad.served) return session.bad.served;
    if (session.fetched > 1) return { status: 404 }; // as ACA-Py does: a request lives for one fetch
    session.walletNonce = session.byPost ? (new URLSearchParams(text).get('wallet_nonce') ?? undefined) : undefined;
    const { jar } = await createRequestObject(session, { walletNonce: session.walletNonce });
    const jwt = jar.authorizationRequestJwt;
    return { type: 'application/oauth-authz-req+jwt', body: session.bad.jwt ? session.bad.jwt(jwt) : jwt };
  }

  async function receive(session, text) {
    const form = Object.fromEntries(new URLSearchParams(text));
    session.posts.push(form);
    session.result = form.error
      ? { accepted: false, error: form.error, description: form.error_description, state: form.state }
      : await judge(session, form);
    onResult(session);
    if (session.bad.answered) return session.bad.answered;
    if (form.error || session.result.accepted) return { json: session.redirectUri ? { redirect_uri: session.redirectUri } : {} };
    return { status: 400, json: { error: 'invalid_request', error_description: session.result.reason } };
  }

  async function judge(session, form) {
    const callbacks = oid4vcCallbacks({ decryptionKey: session.encryptionKey });
    try {
      const response = await new Openid4vpVerifier({ callbacks }).parseOpenid4vpAuthorizationResponse({
        authorizationRequestPayload: session.payload,
        authorizationResponse: form,
        callbacks,
      });
      const jwe = form.response && decodeProtectedHeader(form.response);
      checkEncryption(session, jwe);
      checkArrays(response.authorizationResponsePayload.vp_token);
      const presentations = await verifyPresentations({
        vpToken: response.dcql.presentations,
        query: session.dcql,
        anchors,
        session: {
          clientId: session.payload.client_id,
          nonce: session.payload.nonce,
          responseUri: session.payload.response_uri,
          jwkThumbprint: await thumbprint(session.encryptionJwk, callbacks),
        },
      });
      return { accepted: true, state: response.authorizationResponsePayload.state, presentations, jwe };
    } catch (error) {
      return { accepted: false, reason: error.message };
    }
  }

  return { name, signer, request, requests: server.requests, close: server.close };
}

/** The library decrypts whatever its key opens; that the wallet kept to what was offered is checked here. */
function checkEncryption({ encryptionJwk, enc }, header) {
  if (!encryptionJwk) return;
  if (header.alg !== 'ECDH-ES' || !enc.includes(header.enc))
    throw new Error(`encrypted by ${header.alg} and ${header.enc}, which was not offered`);
  if (header.kid !== encryptionJwk.kid) throw new Error('kid of the encryption key is missing or another');
}

/** Drafts allowed a single presentation without a list, and the library still does. */
function checkArrays(vpToken) {
  const values = Object.values(typeof vpToken === 'string' ? JSON.parse(vpToken) : vpToken);
  if (!values.every(Array.isArray)) throw new Error('a value of vp_token is no array');
}

async function thumbprint(jwk, { hash }) {
  if (!jwk) return undefined;
  return new Uint8Array(
    Buffer.from(await calculateJwkThumbprint({ jwk, hashAlgorithm: HashAlgorithm.Sha256, hashCallback: hash }), 'base64url'),
  );
}

if (isMain(import.meta.url)) {
  const world = await createWorld();
  const issuer = await startIssuer({ tlsRoot: world.tls, roots: { eu: world.euIssuers, ca: world.caIssuers } });
  const offer = await issuer.offer(['eu-pid-sd-jwt', 'eu-pid-mdoc']);
  const query = {
    credentials: [
      {
        id: 'pid',
        format: 'dc+sd-jwt',
        meta: { vct_values: [pidVct] },
        claims: [{ path: ['family_name'] }, { path: ['address', 'locality'] }],
      },
    ],
  };
  const verifier = await startVerifier({
    tlsRoot: world.tls,
    root: world.euVerifiers,
    anchors: [world.euIssuers.der, world.caIssuers.der],
    port: Number(process.argv[2] ?? 0),
    onResult: async ({ result }) => {
      console.log(JSON.stringify(result, null, 2));
      console.log(`\nNext request:\n  ${(await verifier.request({ query })).link}`);
    },
  });
  await showRunning(world, {
    'offer of something to present': offer.link,
    'its transaction code': offer.txCode,
    request: (await verifier.request({ query })).link,
  });
}
