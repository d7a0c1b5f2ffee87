// Requests that our wallet must not answer: it ends with its own refusal, and no credential leaves it.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { nestedSdJwt } from './lib/cases.mjs';
import { createRoot } from './lib/certificates.mjs';
import { assertNothingDisclosed } from './lib/expect.mjs';
import { generateKey, publicJwk } from './lib/keys.mjs';
import { signJwt } from './lib/callbacks.mjs';
import { startServers } from './lib/servers.mjs';
import { createWallet, exit } from './lib/wallet.mjs';

let servers;
let wallet;

before(async () => {
  servers = await startServers();
  wallet = await createWallet(servers.world);
  await wallet.receive(exit.done, await servers.issuer.offer(['eu-pid-sd-jwt']));
});
after(async () => {
  await wallet?.remove();
  await servers.close();
});

const header = (change) => ({ rewrite: (jwt) => ({ ...jwt, header: { ...jwt.header, ...change } }) });
const payload = (change) => ({
  rewrite: (jwt) => ({ ...jwt, payload: { ...jwt.payload, ...(typeof change === 'function' ? change(jwt.payload) : change) } }),
});
const decode = (part) => JSON.parse(Buffer.from(part, 'base64url'));
const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const metadata = (change) => payload(({ client_metadata }) => ({ client_metadata: change(client_metadata) }));

/** Consistent in link and request object, so that only the binding to the certificate is wrong. */
const otherClientId = (clientId) => ({
  ...payload({ client_id: clientId }),
  link: (link) => link.replace(/client_id=[^&]*/, `client_id=${encodeURIComponent(clientId)}`),
});

async function refused(session) {
  await wallet.present(exit.refused, session);
  assertNothingDisclosed(session);
}

describe('a request that nobody vouches for: nothing at all is posted', () => {
  const table = {
    'the signature is another': {
      jwt: (jwt) => jwt.replace(/\.([^.])([^.]*)$/, (_, first, rest) => `.${first === 'A' ? 'B' : 'A'}${rest}`),
    },
    'the response_uri was changed after signing': {
      jwt: (jwt) => {
        const [head, body, signature] = jwt.split('.');
        return [head, encode({ ...decode(body), response_uri: 'https://localhost:1/collect' }), signature].join('.');
      },
    },
    'there is no signature': {
      jwt: (jwt) => {
        const [head, body] = jwt.split('.');
        return [encode({ ...decode(head), alg: 'none' }), body, ''].join('.');
      },
    },
    'the type is another': header({ typ: 'JWT' }),
    'the type is missing': header({ typ: undefined }),
    'there is no certificate': header({ x5c: undefined }),
    'the client_id of the link is another': { link: (link) => link.replace('client_id=x509_hash%3A', 'client_id=x509_hash%3AA') },
    'the client_id is the hash of another certificate': otherClientId(`x509_hash:${'A'.repeat(43)}`),
    'the client_id has no prefix': otherClientId('localhost'),
    'the client_id is an origin': otherClientId('origin:https://localhost'),
  };
  for (const [name, bad] of Object.entries(table)) {
    test(name, async () => {
      const session = await servers.eu.request({ ...nestedSdJwt, bad });
      await refused(session);
      assert.deepEqual(session.posts, []);
    });
  }

  test('the chain holds its trust anchor', async () => {
    const { signer } = servers.eu;
    const x5c = [signer.der, servers.world.euVerifiers.der].map((der) => Buffer.from(der).toString('base64'));
    const session = await servers.eu.request({ ...nestedSdJwt, bad: header({ x5c }) });
    await refused(session);
    assert.deepEqual(session.posts, []);
  });

  test('another key signed under the same certificate', async () => {
    const key = await generateKey();
    let forged;
    const session = await servers.eu.request({ ...nestedSdJwt, bad: { jwt: () => forged } });
    const x5c = [Buffer.from(servers.eu.signer.der).toString('base64')];
    forged = await signJwt(
      key,
      { alg: 'ES256', typ: 'oauth-authz-req+jwt', x5c },
      { ...session.payload, aud: 'https://self-issued.me/v2' },
    );
    await refused(session);
    assert.deepEqual(session.posts, []);
  });

  test('the authority of the verifier is not trusted', async () => {
    const root = await createRoot({ C: 'FR', O: 'Registre de test', CN: 'Interop access CA' });
    const session = await (await servers.verifierWith({ root })).request(nestedSdJwt);
    await refused(session);
    assert.deepEqual(session.posts, []);
  });

  test('the authority vouches for issuers, not for verifiers', async () => {
    const session = await (await servers.verifierWith({ root: servers.world.euIssuers })).request(nestedSdJwt);
    await refused(session);
    assert.deepEqual(session.posts, []);
  });

  test('the host of the client_id is not in the certificate (Canada)', async () => {
    const session = await servers.ca.request({
      ...nestedSdJwt,
      prefix: 'x509_san_dns',
      bad: otherClientId('x509_san_dns:elsewhere.example'),
    });
    await refused(session);
    assert.deepEqual(session.posts, []);
  });

  test('the response_uri is at another host than the client_id (Canada)', async () => {
    const bad = payload(({ response_uri }) => ({ response_uri: response_uri.replace('localhost', '127.0.0.1') }));
    const session = await servers.ca.request({ ...nestedSdJwt, prefix: 'x509_san_dns', bad });
    await refused(session);
    assert.deepEqual(session.posts, []);
  });
});

describe('a request that is not allowed: no credential is posted', () => {
  const table = {
    'it is for another audience': payload({ aud: 'https://elsewhere.example' }),
    'it is over': payload({ iat: Math.floor(Date.now() / 1000) - 7200, exp: Math.floor(Date.now() / 1000) - 3600 }),
    'it has no nonce': payload({ nonce: undefined }),
    'its nonce has other characters': payload({ nonce: 'with space/é' }),
    'it asks for another response type': payload({ response_type: 'code' }),
    'it has no query': payload({ dcql_query: undefined }),
    'it has a query and a scope': payload({ scope: 'org.example.pid' }),
    'it has a redirect_uri too': payload({ redirect_uri: 'https://localhost/callback' }),
    'it wants the answer over http': payload(({ response_uri }) => ({ response_uri: response_uri.replace('https:', 'http:') })),
    'it wants an unknown transaction confirmed': payload({
      transaction_data: [encode({ type: 'org.example.pay', credential_ids: ['pid'] })],
    }),
    'it offers no key to encrypt for': metadata(({ jwks, ...rest }) => rest),
    'its key names no algorithm': metadata(({ jwks, ...rest }) => ({ ...rest, jwks: { keys: jwks.keys.map(({ alg, ...key }) => key) } })),
    'it wants another content encryption': metadata((rest) => ({ ...rest, encrypted_response_enc_values_supported: ['A128CBC-HS256'] })),
    'it reads no format of ours': metadata((rest) => ({ ...rest, vp_formats_supported: { jwt_vc_json: { alg_values: ['ES256'] } } })),
    'its claim sets name no claims': payload({
      dcql_query: { credentials: [{ ...nestedSdJwt.query.credentials[0], claims: undefined, claim_sets: [['a']] }] },
    }),
    'two of its queries have one id': payload(({ dcql_query: { credentials } }) => ({
      dcql_query: { credentials: [...credentials, ...credentials] },
    })),
  };
  for (const [name, bad] of Object.entries(table)) {
    test(name, async () => refused(await servers.eu.request({ ...nestedSdJwt, bad })));
  }

  test('it does not echo the nonce of the wallet', async () => {
    await refused(await servers.eu.request({ ...nestedSdJwt, byPost: true, bad: payload({ wallet_nonce: 'another' }) }));
  });

  test('a European verifier wants a plain answer', async () => {
    await refused(await servers.eu.request({ ...nestedSdJwt, responseMode: 'direct_post' }));
  });

  test('a European verifier addresses the request to its own request_uri', async () => {
    await refused(await servers.eu.request({ ...nestedSdJwt, aud: null }));
  });

  test('the key to encrypt for is no point of the curve', async () => {
    const { x, y } = publicJwk(await generateKey());
    const bad = metadata((rest) => ({
      ...rest,
      jwks: { keys: [{ kty: 'EC', crv: 'P-256', x: y, y: x, use: 'enc', alg: 'ECDH-ES', kid: 'k' }] },
    }));
    await refused(await servers.eu.request({ ...nestedSdJwt, bad }));
  });
});

describe('HTTP that the wallet must not go along with', () => {
  const failed = [exit.otherParty, exit.refused];

  test('the request_uri redirects to another request', async () => {
    const other = await servers.eu.request(nestedSdJwt);
    const served = { status: 302, headers: { location: other.requestUri } };
    const session = await servers.eu.request({ ...nestedSdJwt, bad: { served } });
    await wallet.present(failed, session);
    assert.deepEqual([other.fetched, session.posts, other.posts], [0, [], []]);
  });

  test('the response_uri redirects to another', async () => {
    const other = await servers.eu.request(nestedSdJwt);
    const answered = { status: 307, headers: { location: other.payload.response_uri } };
    const session = await servers.eu.request({ ...nestedSdJwt, bad: { answered } });
    await wallet.present(failed, session);
    assert.deepEqual([session.posts.length, other.posts], [1, []]);
  });

  test('the request object is larger than any request', async () => {
    const served = { type: 'application/oauth-authz-req+jwt', body: 'a'.repeat(2 ** 20) };
    const session = await servers.eu.request({ ...nestedSdJwt, bad: { served } });
    await wallet.present(failed, session);
    assert.deepEqual(session.posts, []);
  });

  test('nobody vouches for the server', async () => {
    const tlsRoot = await createRoot({ CN: 'Interop TLS CA' });
    const session = await (await servers.verifierWith({ tlsRoot })).request(nestedSdJwt);
    await wallet.present(failed, session);
    assert.equal(session.fetched, 0);
  });
});

test('the wallet still answers a good request', async () => {
  const session = await servers.eu.request(nestedSdJwt);
  await wallet.present(exit.done, session);
  assert.equal(session.result.accepted, true, session.result.reason);
});
