// Our wallet takes credentials from the issuer.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { startServers } from './lib/servers.mjs';
import { createWallet, exit } from './lib/wallet.mjs';

const everything = ['eu-pid-sd-jwt', 'eu-pid-mdoc', 'ca-mdl-mdoc'];

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

for (const [name, options] of Object.entries({ value: {}, reference: { byReference: true } })) {
  test(`an offer by ${name}, with a transaction code`, async () => {
    const offer = await servers.issuer.offer(everything, options);
    await wallet.receive(exit.done, offer);
    assert.equal((await wallet.list()).length, everything.length);
    assert.deepEqual(offer.issued.map(({ id }) => id).sort(), everything.toSorted());
    for (const { copies, request } of offer.issued) {
      assert.ok(copies >= 1 && copies <= 10);
      assert.deepEqual(Object.keys(request.proofs), ['jwt']);
    }
    assert.equal(offer.tokenRequest.parameters.tx_code, offer.txCode);
  });
}

test('an offer without transaction code', async () => {
  await wallet.receive(exit.done, await servers.issuer.offer(['ca-mdl-mdoc'], { withTxCode: false }));
  assert.equal((await wallet.list()).length, 1);
});

test('a batch is not larger than the issuer allows', async () => {
  const issuer = await servers.issuerWith({ batchSize: 2 });
  const offer = await issuer.offer(['eu-pid-mdoc']);
  await wallet.receive(exit.done, offer);
  assert.ok(offer.issued[0].copies <= 2);
});

test('an issuer that demands DPoP nonces', async () => {
  const issuer = await servers.issuerWith({ dpopNonces: true });
  await wallet.receive(exit.done, await issuer.offer(['eu-pid-sd-jwt', 'eu-pid-mdoc']));
  assert.equal((await wallet.list()).length, 2);
});

test('a credential that was kept can be shown, with its accents', async () => {
  await wallet.receive(exit.done, await servers.issuer.offer(['ca-mdl-mdoc']));
  const [{ id }] = await wallet.list();
  const shown = JSON.stringify(await wallet.run(exit.done, 'show', id));
  for (const text of ['Côté-Lévesque', 'François Noël', 'CA-BC']) assert.ok(shown.includes(text), text);
});

test('nothing is kept without --yes', async () => {
  const offer = await servers.issuer.offer(['eu-pid-mdoc']);
  await wallet.receive([exit.done, exit.refused], offer, { keep: false });
  assert.deepEqual(await wallet.list(), []);
});

test('a wrong transaction code', async () => {
  const offer = await servers.issuer.offer(['eu-pid-mdoc']);
  await wallet.receive(exit.otherParty, offer, { txCode: offer.txCode === '999999' ? '999998' : '999999' });
  assert.deepEqual(await wallet.list(), []);
});

test('an offer that was used before', async () => {
  const offer = await servers.issuer.offer(['eu-pid-mdoc']);
  await wallet.receive(exit.done, offer);
  await wallet.receive(exit.otherParty, offer);
  assert.equal((await wallet.list()).length, 1);
});
