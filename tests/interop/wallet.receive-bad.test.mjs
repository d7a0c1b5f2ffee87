// Credentials that our wallet must not keep: each is right but for one thing.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createDocumentSigner, createLeaf, createRoot } from './lib/certificates.mjs';
import { generateKey } from './lib/keys.mjs';
import { startServers } from './lib/servers.mjs';
import { createWallet, exit } from './lib/wallet.mjs';

const everything = ['eu-pid-sd-jwt', 'eu-pid-mdoc', 'ca-mdl-mdoc'];

let servers;
let wallet;

before(async () => {
  servers = await startServers();
  wallet = await createWallet(servers.world);
});
after(async () => {
  await wallet?.remove();
  await servers.close();
});

const flipFirstDisclosure = (credential) => {
  const [jwt, first, ...rest] = credential.split('~');
  const [salt, ...more] = JSON.parse(Buffer.from(first, 'base64url'));
  return [jwt, Buffer.from(JSON.stringify([salt, ...more.slice(0, -1), 'forged'])).toString('base64url'), ...rest].join('~');
};

const otherName = (credential) =>
  Buffer.from(Buffer.from(credential, 'base64url').toString('latin1').replace('lodie', 'lodia'), 'latin1').toString('base64url');

/** Right in all but its dates. */
const oldSigner = (configuration) => {
  const make = configuration === 'eu-pid-mdoc' ? createDocumentSigner : createLeaf;
  return make(servers.world.euIssuers, { C: 'FR', CN: 'Old signer' }, { startsInDays: -30, days: 29, names: { dns: ['localhost'] } });
};

const hour = 3_600_000;

describe('a credential is refused and not kept when', () => {
  const both = ['eu-pid-sd-jwt', 'eu-pid-mdoc'];
  const table = {
    'it is bound to another key': [both, { material: async () => ({ deviceKey: await generateKey() }) }],
    'it is over': [both, { material: () => ({ issuedAt: Date.now() - 48 * hour, days: 1 }) }],
    'it is not valid yet': [both, { material: () => ({ issuedAt: Date.now() + 2 * hour }) }],
    'its signer was certified for another time': [both, { material: async (id) => ({ signer: await oldSigner(id) }) }],
    'a disclosure is not the signed one': [['eu-pid-sd-jwt'], { credential: flipFirstDisclosure }],
    'an element is not the signed one': [['eu-pid-mdoc'], { credential: otherName }],
    'its signer is no document signer': [
      ['eu-pid-mdoc'],
      { material: async () => ({ signer: await createLeaf(servers.world.euIssuers, { C: 'FR', CN: 'Not for documents' }) }) },
    ],
  };
  for (const [name, [configurations, spoil]] of Object.entries(table)) {
    for (const configuration of configurations) {
      test(`${name} (${configuration})`, async () => {
        const issuer = await servers.issuerWith({ spoil });
        await wallet.receive(exit.refused, await issuer.offer([configuration]));
        assert.deepEqual(await wallet.list(), []);
      });
    }
  }

  for (const configuration of everything) {
    test(`nobody vouches for its issuer (${configuration})`, async () => {
      const stranger = await createRoot({ C: 'CA', ST: 'CA-BC', O: 'Société d’essai', CN: 'Interop mDL IACA' });
      const issuer = await servers.issuerWith({ roots: { eu: stranger, ca: stranger } });
      await wallet.receive(exit.refused, await issuer.offer([configuration]));
      assert.deepEqual(await wallet.list(), []);
    });
  }
});

test('the wallet still keeps a good credential', async () => {
  await wallet.receive(exit.done, await servers.issuer.offer(everything));
  assert.equal((await wallet.list()).length, everything.length);
});
