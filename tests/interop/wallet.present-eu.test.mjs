// Our wallet answers the European verifier: encrypted, by the hash of its certificate, and with exactly what was asked.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { mdocElements, nestedSdJwt, path, pidCases, sdJwtPid, unanswerable } from './lib/cases.mjs';
import { authorityKeyIdOf } from './lib/certificates.mjs';
import { assertNothingDisclosed, assertPresented } from './lib/expect.mjs';
import { startServers } from './lib/servers.mjs';
import { createWallet, exit } from './lib/wallet.mjs';

let servers;
let wallet;

before(async () => {
  servers = await startServers();
  wallet = await createWallet(servers.world);
  await wallet.receive(exit.done, await servers.issuer.offer(['eu-pid-sd-jwt', 'eu-pid-mdoc']));
});
after(async () => {
  await wallet?.remove();
  await servers.close();
});

for (const [format, { query, expected }] of Object.entries({ 'sd-jwt': nestedSdJwt, mdoc: mdocElements })) {
  for (const enc of [['A128GCM'], ['A256GCM'], ['A128GCM', 'A256GCM']]) {
    test(`${format} by direct_post.jwt, with ${enc.join(' or ')}`, async () => {
      const session = await servers.eu.request({ query, enc, scheme: 'haip-vp://' });
      await wallet.present(exit.done, session);
      assertPresented(session, expected);
      assert.equal(session.fetched, 1);
      assert.equal(session.result.jwe.enc, enc.at(-1)); // of both the stronger (EU-28)
    });
  }
}

for (const [name, { query, expected }] of Object.entries(pidCases)) {
  test(`a query for ${name}`, async () => {
    const session = await servers.eu.request({ query });
    await wallet.present(exit.done, session);
    assertPresented(session, expected);
  });
}

test('a query for issuers under one authority', async () => {
  const trusted_authorities = [{ type: 'aki', values: [authorityKeyIdOf(servers.issuer.signers['eu-pid-sd-jwt'].certificate)] }];
  const session = await servers.eu.request({ query: { credentials: [sdJwtPid([path('email')], { trusted_authorities })] } });
  await wallet.present(exit.done, session);
  assertPresented(session, { pid: { email: 'elodie@example.org' } });
});

test('the person chooses the credential', async () => {
  const [id] = await wallet.idsOf('urn:eudi:pid:1');
  const session = await servers.eu.request(nestedSdJwt);
  await wallet.present(exit.done, session, '--choose', `pid=${id}`);
  assertPresented(session, nestedSdJwt.expected);
});

test('the request is fetched by POST and echoes the nonce of the wallet', async () => {
  const session = await servers.eu.request({ ...nestedSdJwt, byPost: true });
  await wallet.present(exit.done, session);
  assertPresented(session, nestedSdJwt.expected);
  assert.ok(session.walletNonce);
});

test('a verifier that names itself by its host (EU-6)', async () => {
  const session = await servers.eu.request({ ...nestedSdJwt, prefix: 'x509_san_dns' });
  await wallet.present(exit.done, session);
  assertPresented(session, nestedSdJwt.expected);
});

test('the verifier sends the person on', async () => {
  const session = await servers.eu.request({ ...nestedSdJwt, redirect: true });
  const receipt = await wallet.present(exit.done, session);
  assert.ok(JSON.stringify(receipt).includes(session.redirectUri));
});

for (const [name, query] of Object.entries(unanswerable)) {
  test(`nothing matches ${name}`, async () => {
    const session = await servers.eu.request({ query });
    await wallet.present(exit.refused, session);
    assertNothingDisclosed(session);
    for (const { error } of session.posts) assert.equal(error, 'access_denied');
  });
}

test('nothing is sent without consent', async () => {
  const session = await servers.eu.request(nestedSdJwt);
  await wallet.run([exit.done, exit.refused], 'present', session.link);
  assertNothingDisclosed(session);
});

test('a refusal tells the verifier access_denied with its state', async () => {
  const session = await servers.eu.request(nestedSdJwt);
  await wallet.decline(session);
  assert.equal(session.posts.length, 1);
  assert.equal(session.result.error, 'access_denied');
  assert.equal(session.result.state, session.payload.state);
});

test('the history names what was shared, and holds no value', async () => {
  const history = JSON.stringify(await wallet.run(exit.done, 'history'));
  for (const value of ['Müller-Łukasiewicz', 'Besançon', '1985-03-30']) assert.ok(!history.includes(value), value);
  assert.ok(history.includes('family_name'));
});

test('a verifier that refuses is the fault of the other party', async () => {
  const stranger = await servers.verifierWith({ anchors: [servers.world.caIssuers.der] });
  const session = await stranger.request(nestedSdJwt);
  await wallet.present(exit.otherParty, session);
  assert.match(session.result.reason, /no trust anchor/);
});
