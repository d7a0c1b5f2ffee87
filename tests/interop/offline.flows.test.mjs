// Whole flows between the servers and a holder made of the same libraries: what the wallet tests rely on, without a wallet.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createHolder } from './holder.mjs';
import { licence, mdocElements, nestedSdJwt, path, pidCases, pidOrLicence, sdJwtPid, unanswerable } from './lib/cases.mjs';
import { authorityKeyIdOf } from './lib/certificates.mjs';
import { assertPresented, claimsOf } from './lib/expect.mjs';
import { fetchTrusting } from './lib/https.mjs';
import { startServers } from './lib/servers.mjs';

const everything = ['eu-pid-sd-jwt', 'eu-pid-mdoc', 'ca-mdl-mdoc'];

let servers;
let holder;

before(async () => {
  servers = await startServers();
  holder = createHolder(servers.world.tls);
  const offer = await servers.issuer.offer(everything);
  await holder.receive(offer.link, { txCode: offer.txCode });
});
after(() => servers.close());

test('an offer by reference, with DPoP and its nonces, in batches', async () => {
  const issuer = await servers.issuerWith({ dpopNonces: true, batchSize: 3 });
  const offer = await issuer.offer(everything, { byReference: true });
  const received = await createHolder(servers.world.tls).receive(offer.link, { txCode: offer.txCode, copies: 3, dpop: true });
  assert.deepEqual(
    received.map(({ id, credentials }) => [id, new Set(credentials).size]),
    everything.map((id) => [id, 3]),
  );
  assert.equal(offer.tokenRequest.dpop, true);
  assert.deepEqual(
    issuer.notifications.map(({ event }) => event),
    everything.map(() => 'credential_accepted'),
  );
});

test('an offer without transaction code', async () => {
  const offer = await servers.issuer.offer(['ca-mdl-mdoc'], { withTxCode: false });
  const [{ credentials }] = await createHolder(servers.world.tls).receive(offer.link);
  assert.equal(credentials.length, 2);
});

for (const [format, { query, expected }] of Object.entries({ 'sd-jwt': nestedSdJwt, mdoc: mdocElements, mDL: licence })) {
  for (const mode of [{ enc: ['A128GCM'] }, { enc: ['A256GCM'] }, { responseMode: 'direct_post' }]) {
    for (const prefix of ['x509_hash', 'x509_san_dns']) {
      test(`${format} by ${mode.responseMode ?? `direct_post.jwt with ${mode.enc}`} to ${prefix}`, async () => {
        const session = await servers.eu.request({ query, prefix, ...mode });
        await holder.present(session.link);
        assertPresented(session, expected);
        assert.equal(session.result.jwe?.enc, mode.enc?.[0]);
      });
    }
  }
}

for (const [name, { query, expected }] of Object.entries(pidCases)) {
  test(`a query for ${name}`, async () => {
    const session = await servers.eu.request({ query });
    await holder.present(session.link);
    assertPresented(session, expected);
  });
}

test('a query for issuers under one authority', async () => {
  const trusted_authorities = [{ type: 'aki', values: [authorityKeyIdOf(servers.issuer.signers['eu-pid-sd-jwt'].certificate)] }];
  const session = await servers.eu.request({ query: { credentials: [sdJwtPid([path('email')], { trusted_authorities })] } });
  await holder.present(session.link);
  assertPresented(session, { pid: { email: 'elodie@example.org' } });
});

test('either of two credentials', async () => {
  const session = await servers.ca.request({ query: pidOrLicence });
  await holder.present(session.link);
  assert.deepEqual(claimsOf(session.result), { pid: { birthdate: '1985-03-30' } });
});

for (const [name, query] of Object.entries(unanswerable)) {
  test(`nothing matches ${name}`, async () => {
    const session = await servers.eu.request({ query });
    await assert.rejects(holder.present(session.link), /nothing matches/);
    assert.deepEqual(session.posts, []);
  });
}

test('a refusal is recorded with its state', async () => {
  const session = await servers.eu.request(nestedSdJwt);
  assert.equal((await holder.decline(session.link)).status, 200);
  assert.deepEqual(session.result, { accepted: false, error: 'access_denied', description: undefined, state: session.payload.state });
});

test('the answer to a presentation may hold a redirect_uri', async () => {
  const session = await servers.eu.request({ ...nestedSdJwt, redirect: true });
  assert.deepEqual((await holder.present(session.link)).body, { redirect_uri: session.redirectUri });
});

test('a request is served once', async () => {
  const fetch = fetchTrusting(servers.world.tls.pem);
  const { requestUri } = await servers.eu.request(nestedSdJwt);
  const first = await fetch(requestUri);
  assert.equal(first.headers.get('content-type'), 'application/oauth-authz-req+jwt');
  assert.equal((await fetch(requestUri)).status, 404);
});

test('a request that is fetched by POST holds the nonce of the wallet', async () => {
  const session = await servers.eu.request({ ...nestedSdJwt, byPost: true });
  const body = new URLSearchParams({ wallet_metadata: '{}', wallet_nonce: 'fresh' });
  const jwt = await (await fetchTrusting(servers.world.tls.pem)(session.requestUri, { method: 'POST', body })).text();
  assert.equal(JSON.parse(Buffer.from(jwt.split('.')[1], 'base64url')).wallet_nonce, 'fresh');
  assert.match(session.link, /&request_uri_method=post$/);
});

test('the request object is what HAIP asks for, or by choice what the library makes alone', async () => {
  const fetch = fetchTrusting(servers.world.tls.pem);
  for (const aud of ['https://self-issued.me/v2', null]) {
    const session = await servers.eu.request({ ...nestedSdJwt, aud });
    const jwt = await (await fetch(session.requestUri)).text();
    const [header, payload] = jwt.split('.').map((part, index) => index < 2 && JSON.parse(Buffer.from(part, 'base64url')));
    assert.deepEqual(header, { alg: 'ES256', typ: 'oauth-authz-req+jwt', x5c: [Buffer.from(servers.eu.signer.der).toString('base64')] });
    const { iat, exp, ...rest } = payload;
    assert.equal(exp - iat, 300);
    assert.deepEqual(rest, { aud: aud ?? session.requestUri, ...session.payload });
  }
});
