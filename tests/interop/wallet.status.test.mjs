// Our wallet reads a status list that it did not make: packed by @sd-jwt/jwt-status-list, signed with jose.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { assertNothingDisclosed } from './lib/expect.mjs';
import { nestedSdJwt } from './lib/cases.mjs';
import { startServers } from './lib/servers.mjs';
import { createWallet, exit } from './lib/wallet.mjs';

let servers;
let wallet;

before(async () => {
  servers = await startServers();
});
after(() => servers.close());
beforeEach(async () => {
  wallet = await createWallet(servers.world);
});
afterEach(() => wallet.remove());

/** What the wallet knows of a credential in a list by these options. */
async function received(options) {
  const issuer = await servers.issuerWith(options);
  await wallet.receive(exit.done, await issuer.offer(['eu-pid-sd-jwt']));
  const [{ status }] = await wallet.list();
  return { issuer, status };
}

for (const [listed, standing] of Object.entries({ 0: 'valid', 1: 'revoked', 2: 'suspended', 3: 'unknown' })) {
  test(`a list that says ${listed}`, async () => {
    const { issuer, status } = await received({ listed: Number(listed) });
    assert.equal(status.standing, standing);
    assert.equal(typeof status.checked_at, 'number');
    const fetched = issuer.requests.filter(({ path }) => path === '/status/1');
    assert.equal(fetched.length, 1, 'one list for all copies, read once');
    assert.match(fetched[0].headers.get('accept'), /^application\/statuslist\+jwt/);
  });
}

for (const listed of [1, 2]) {
  test(`what the list says ${listed} of answers no request`, async () => {
    await received({ listed });
    const session = await servers.eu.request(nestedSdJwt);
    await wallet.present(exit.refused, session);
    assertNothingDisclosed(session);
  });
}

test('the list of another authority says nothing', async () => {
  const { status } = await received({ listed: 1, listedBy: 'ca-mdl-mdoc' });
  assert.deepEqual(status, { standing: 'unknown', checked_at: null, outdated: false });
});
