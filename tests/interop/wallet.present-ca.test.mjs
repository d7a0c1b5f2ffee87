// Our wallet answers the Canadian verifier, which may also ask for plain answers and name itself by its host.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { iso } from './lib/mdl.mjs';
import { licence, mdl, nestedSdJwt, pidOrLicence } from './lib/cases.mjs';
import { assertPresented, claimsOf } from './lib/expect.mjs';
import { startServers } from './lib/servers.mjs';
import { createWallet, exit } from './lib/wallet.mjs';

let servers;
let wallet;

before(async () => {
  servers = await startServers();
  wallet = await createWallet(servers.world);
  await wallet.receive(exit.done, await servers.issuer.offer(['eu-pid-sd-jwt', 'ca-mdl-mdoc']));
});
after(async () => {
  await wallet?.remove();
  await servers.close();
});

const modes = [{ responseMode: 'direct_post' }, { enc: ['A128GCM'] }, { enc: ['A256GCM'] }];

for (const [format, { query, expected }] of Object.entries({ mDL: licence, 'sd-jwt': nestedSdJwt })) {
  for (const mode of modes) {
    for (const prefix of ['x509_san_dns', 'x509_hash']) {
      test(`${format} by ${mode.responseMode ?? `direct_post.jwt with ${mode.enc}`} to ${prefix}`, async () => {
        const session = await servers.ca.request({ query, prefix, ...mode });
        await wallet.present(exit.done, session);
        assertPresented(session, expected);
        assert.equal(session.result.jwe?.enc, mode.enc?.[0]);
      });
    }
  }
}

test('a request whose aud is its own request_uri, as the library makes it by default', async () => {
  const session = await servers.ca.request({ ...licence, prefix: 'x509_san_dns', aud: null });
  await wallet.present(exit.done, session);
  assertPresented(session, licence.expected);
});

test('the age, and nothing that tells it more exactly', async () => {
  const session = await servers.ca.request({
    query: { credentials: [mdl([[iso, 'age_over_19']])] },
    responseMode: 'direct_post',
    prefix: 'x509_san_dns',
  });
  await wallet.present(exit.done, session);
  assertPresented(session, { mdl: { [iso]: { age_over_19: true } } });
});

test('either of two credentials, not both', async () => {
  const session = await servers.ca.request({ query: pidOrLicence });
  await wallet.present(exit.done, session);
  const claims = claimsOf(session.result);
  const alternatives = [{ pid: { birthdate: '1985-03-30' } }, { mdl: { [iso]: { age_over_19: true } } }];
  assert.ok(
    alternatives.some((alternative) => JSON.stringify(alternative) === JSON.stringify(claims)),
    JSON.stringify(claims),
  );
});

test('a refusal tells the verifier access_denied with its state', async () => {
  const session = await servers.ca.request({ ...licence, responseMode: 'direct_post', prefix: 'x509_san_dns' });
  await wallet.decline(session);
  assert.deepEqual([session.result.error, session.result.state], ['access_denied', session.payload.state]);
});
