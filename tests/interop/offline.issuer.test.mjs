// Proves that each check of the issuer can fail.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createHolder } from './holder.mjs';
import { fetchTrusting } from './lib/https.mjs';
import { startServers } from './lib/servers.mjs';

const preAuthorized = 'urn:ietf:params:oauth:grant-type:pre-authorized_code';

let servers;
let issuer;

before(async () => {
  servers = await startServers({ issuer: { batchSize: 2 } });
  ({ issuer } = servers);
});
after(() => servers.close());

const receive = async (options = {}) => {
  const offer = await issuer.offer(['eu-pid-mdoc']);
  return createHolder(servers.world.tls).receive(offer.link, { txCode: offer.txCode, ...options });
};

/** Changes the payload of the proofs, which are the only JWTs that a holder without DPoP signs. */
const inProof = (change) => ({ proof: ({ header, payload }) => ({ header, payload: { ...payload, ...change } }) });

const post = (path, headers, body) => fetchTrusting(servers.world.tls.pem)(`${issuer.issuerId}${path}`, { method: 'POST', headers, body });

test('nothing is wrong', async () => {
  assert.equal((await receive())[0].credentials.length, 2);
});

describe('a credential request is refused when', () => {
  const table = {
    'the proof is for another issuer': [{ bad: inProof({ aud: 'https://elsewhere.example' }) }, /'aud' does not match/],
    'the proof has another nonce': [{ bad: inProof({ nonce: 'another' }) }, /invalid_nonce/],
    'the proof has no nonce': [{ bad: inProof({ nonce: undefined }) }, /invalid_nonce/],
    'the proof has another type': [
      { bad: { proof: ({ header, payload }) => ({ header: { ...header, typ: 'JWT' }, payload }) } },
      /invalid_proof/,
    ],
    'the proof has another signature': [
      { bad: { proofs: ([one, two]) => [`${one.split('.').slice(0, 2).join('.')}.${two.split('.')[2]}`] } },
      /invalid_proof/,
    ],
    'one key is proven twice': [{ bad: { sameKey: true } }, /proven twice/],
    'there is no proof': [{ bad: { proofs: () => [] } }, /no proof/],
    'the access token is another': [{ bad: { token: () => 'another' } }, /Error retrieving/],
  };
  for (const [name, [options, reason]] of Object.entries(table)) {
    test(name, () => assert.rejects(receive(options), reason));
  }

  test('a token that is bound to a key comes without proof of it', async () => {
    const offer = await issuer.offer(['eu-pid-mdoc']);
    let bound;
    const bad = {
      token: (token) => {
        bound = token;
        return 'another';
      },
    };
    await assert.rejects(createHolder(servers.world.tls).receive(offer.link, { txCode: offer.txCode, dpop: true, bad }));
    assert.equal((await askWith(bound, 'eu-pid-mdoc')).status, 401);
  });

  test('it asks for what was not offered', async () => {
    const response = await askWith(await freshToken(), 'ca-mdl-mdoc');
    assert.equal((await response.json()).error, 'unknown_credential_configuration');
  });

  test('there are more proofs than a batch', async () => {
    const response = await askWith(await freshToken(), 'eu-pid-mdoc', { jwt: ['a.b.c', 'a.b.c', 'a.b.c'] });
    assert.match((await response.json()).error_description, /batch size is 2/);
  });
});

async function freshToken() {
  const { code, txCode } = await issuer.offer(['eu-pid-mdoc']);
  const response = await post(
    '/token',
    {},
    new URLSearchParams({ grant_type: preAuthorized, 'pre-authorized_code': code, tx_code: txCode }),
  );
  return (await response.json()).access_token;
}

const askWith = (token, credential_configuration_id, proofs) =>
  post(
    '/credential',
    { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    JSON.stringify({ credential_configuration_id, proofs }),
  );

describe('a token request is refused when', () => {
  const refused = async (parameters, error) => {
    const response = await post('/token', {}, new URLSearchParams({ grant_type: preAuthorized, ...parameters }));
    assert.deepEqual([response.status, (await response.json()).error], [400, error]);
  };
  const otherCode = (txCode) => (txCode === '999999' ? '999998' : '999999');

  test('the transaction code is another', async () => {
    const { code, txCode } = await issuer.offer(['eu-pid-mdoc']);
    await refused({ 'pre-authorized_code': code, tx_code: otherCode(txCode) }, 'invalid_grant');
  });
  test('the transaction code is missing', async () => {
    const { code } = await issuer.offer(['eu-pid-mdoc']);
    await refused({ 'pre-authorized_code': code }, 'invalid_request');
  });
  test('the code is unknown', () => refused({ 'pre-authorized_code': 'another', tx_code: '123456' }, 'invalid_grant'));
  test('the code was used before', async () => {
    const offer = await issuer.offer(['eu-pid-mdoc']);
    await createHolder(servers.world.tls).receive(offer.link, { txCode: offer.txCode });
    await refused({ 'pre-authorized_code': offer.code, tx_code: offer.txCode }, 'invalid_grant');
  });
});

test('a nonce proves keys once', async () => {
  let proofs;
  await receive({ bad: { proofs: (made) => (proofs = made) } });
  await assert.rejects(receive({ bad: { proofs: () => proofs } }), /invalid_nonce/);
});
