// Proves that each check of the verifier can fail: the same answer that is accepted is refused once one thing in it is wrong.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createHolder } from './holder.mjs';
import { signJwt } from './lib/callbacks.mjs';
import { mdocElements, nestedSdJwt, path, sdJwtPid } from './lib/cases.mjs';
import { createDocumentSigner, createLeaf, createRoot } from './lib/certificates.mjs';
import { assertPresented } from './lib/expect.mjs';
import { base64url, generateKey, publicJwk, sha256 } from './lib/keys.mjs';
import { issueMdoc } from './lib/mdoc.mjs';
import { iso, mdlDocType } from './lib/mdl.mjs';
import { startServers } from './lib/servers.mjs';

let servers;
let holder;

before(async () => {
  servers = await startServers();
  holder = await holderOf(servers.issuer);
});
after(() => servers.close());

async function holderOf(issuer) {
  const made = createHolder(servers.world.tls);
  const offer = await issuer.offer(['eu-pid-sd-jwt', 'eu-pid-mdoc']);
  await made.receive(offer.link, { txCode: offer.txCode, copies: 1 });
  return made;
}

/** A name, how the holder spoils its answer (or a function of the session that says so), and why the verifier must refuse. */
function refuses(title, base, table) {
  describe(title, () => {
    test('nothing is wrong', async () => {
      const session = await servers.eu.request(base);
      await holder.present(session.link);
      assertPresented(session, base.expected);
    });
    for (const [name, [bad, reason]] of Object.entries(table)) {
      test(name, async () => {
        const session = await servers.eu.request(base);
        const { status } = await holder.present(session.link, { bad: typeof bad === 'function' ? await bad(session) : bad });
        assert.equal(status, 400);
        assert.equal(session.result.accepted, false);
        assert.match(session.result.reason, reason);
      });
    }
  });
}

const otherKey = await generateKey();

/** Changes an SD-JWT before its key binding, then binds it again: only the issuer's part is wrong. */
const rebound = (session, change) => ({
  async presentations(presentation, { deviceKey }) {
    const parts = presentation.split('~');
    const changed = `${change(parts.slice(0, -1)).join('~')}~`;
    const payload = {
      iat: Math.floor(Date.now() / 1000),
      aud: session.payload.client_id,
      nonce: session.payload.nonce,
      sd_hash: base64url(sha256(changed)),
    };
    return [changed + (await signJwt(deviceKey, { alg: 'ES256', typ: 'kb+jwt' }, payload))];
  },
});

const encode = (value) => base64url(Buffer.from(JSON.stringify(value)));

const otherSignature = (jwt) => {
  const [header, payload, signature] = jwt.split('.');
  return [header, payload, (signature[0] === 'A' ? 'B' : 'A') + signature.slice(1)].join('.');
};

refuses('an SD-JWT is refused when', nestedSdJwt, {
  'the nonce is another': [{ keyBinding: { nonce: 'another' } }, /Invalid Nonce/],
  'the audience is another': [{ keyBinding: { aud: 'x509_san_dns:elsewhere' } }, /aud of the key binding/],
  'the audience lacks its prefix': [
    (session) => ({ keyBinding: { aud: session.payload.client_id.split(':')[1] } }),
    /aud of the key binding/,
  ],
  'the key binding is old': [{ keyBinding: { iat: Math.floor(Date.now() / 1000) - 3600 } }, /too old/],
  'another key signed the key binding': [{ deviceKey: otherKey }, /Invalid JWT Signature/],
  'a disclosure was taken away after signing': [{ presentations: (made) => [made.split('~').toSpliced(1, 1).join('~')] }, /sd_hash/],
  'there is no key binding': [{ presentations: (made) => [`${made.split('~').slice(0, -1).join('~')}~`] }, /Key Binding JWT not exist/],
  'the signature of the issuer is another': [
    (session) => rebound(session, ([jwt, ...rest]) => [otherSignature(jwt), ...rest]),
    /Invalid JWT Signature/,
  ],
  'the issuer’s payload was changed': [
    (session) =>
      rebound(session, ([jwt, ...rest]) => {
        const [header, payload, signature] = jwt.split('.');
        const changed = { ...JSON.parse(Buffer.from(payload, 'base64url')), exp: 4102444800 };
        return [[header, encode(changed), signature].join('.'), ...rest];
      }),
    /Invalid JWT Signature/,
  ],
  'a disclosure holds another value': [
    (session) =>
      rebound(session, ([jwt, first, ...rest]) => {
        const [salt, ...more] = JSON.parse(Buffer.from(first, 'base64url'));
        return [jwt, encode([salt, ...more.slice(0, -1), 'forged']), ...rest];
      }),
    /belongs to no digest/,
  ],
  'a disclosure belongs to nothing': [
    (session) => rebound(session, (parts) => [...parts, encode(['c2FsdA', 'admin', true])]),
    /belongs to no digest/,
  ],
});

/** Changes bytes of a DeviceResponse without changing its structure. */
const replaceBytes = (presentation, pattern, to) => {
  const text = Buffer.from(presentation, 'base64url').toString('latin1');
  const changed = text.replace(pattern, to);
  assert.ok(changed !== text && changed.length === text.length);
  return [Buffer.from(changed, 'latin1').toString('base64url')];
};

refuses('an mdoc is refused when', mdocElements, {
  'the transcript has another nonce': [{ transcript: { nonce: 'another' } }, /Device signature/],
  'the transcript has another client_id': [{ transcript: { clientId: 'x509_san_dns:elsewhere' } }, /Device signature/],
  'the transcript has another response_uri': [{ transcript: { responseUri: 'https://elsewhere.example/' } }, /Device signature/],
  'the transcript lacks the thumbprint': [{ transcript: { jwkThumbprint: undefined } }, /Device signature/],
  'another key signed': [{ deviceKey: otherKey }, /Device signature/],
  'an element has another value': [{ presentations: (made) => replaceBytes(made, 'lodie', 'lodia') }, /digest for .*given_name/],
  'a value inside an element is another': [
    { presentations: (made) => replaceBytes(made, 'Besan', 'Bezan') },
    /digest for .*place_of_birth/,
  ],
  'the signed object was changed': [
    { presentations: (made) => replaceBytes(made, /(validUntil\xc0t)20/, '$129') },
    /Issuer auth signature/,
  ],
  'the document type is not the signed one': [
    { presentations: (made) => replaceBytes(made, 'eu.europa.ec.eudi.pid.1', 'eu.europa.ec.eudi.pid.2') },
    /docType is not/,
  ],
});

refuses('an answer is refused when', nestedSdJwt, {
  'a claim is missing': [{ paths: [['family_name']] }, /do not answer the query/],
  'it answers another query': [{ vpToken: ({ pid }) => ({ other: pid }) }, /was not asked/],
  'it has two presentations where one was asked': [{ presentations: (made) => [made, made] }, /multiple/],
  'its presentation is in no array': [{ vpToken: ({ pid: [only] }) => ({ pid: only }) }, /no array/],
  'it is empty': [{ vpToken: () => ({}) }, /do not answer the query/],
  'its state is another': [{ request: { state: 'another' } }, /state mismatch/],
  'it is not encrypted': [{ request: { response_mode: 'direct_post' } }, /Expected jarm/],
  'it is encrypted for another key': [{ encryptionJwk: publicJwk(otherKey) }, /Failed to decrypt/],
  'it does not name the key': [{ encryptionJwk: { kid: undefined } }, /kid of the encryption key/],
});

const otherValue = { query: { credentials: [sdJwtPid([{ path: ['sex'], values: [1] }])] } };
const otherAuthority = { query: { credentials: [sdJwtPid([path('sex')], { trusted_authorities: [{ type: 'aki', values: ['AAAA'] }] })] } };
for (const [name, asked] of Object.entries({
  'a value that was not asked': otherValue,
  'a credential of another authority': otherAuthority,
})) {
  test(`${name} is refused`, async () => {
    const session = await servers.eu.request(asked);
    await holder.present(session.link, { bad: { asked: { credentials: [sdJwtPid([path('sex')])] } } });
    assert.match(session.result.reason, /do not answer the query/);
  });
}

test('content encryption that was not offered is refused', async () => {
  const session = await servers.eu.request({ ...nestedSdJwt, enc: ['A128GCM'] });
  await holder.present(session.link, {
    enc: ['A256GCM'],
    bad: { request: { client_metadata: { ...session.payload.client_metadata, encrypted_response_enc_values_supported: ['A256GCM'] } } },
  });
  assert.match(session.result.reason, /not offered/);
});

for (const [format, base] of Object.entries({ 'SD-JWT': nestedSdJwt, mdoc: mdocElements })) {
  const refused = async (by, reason) => {
    const session = await servers.eu.request(base);
    await by.present(session.link);
    assert.match(session.result.reason, reason);
  };

  test(`an ${format} of an unknown issuer is refused`, async () => {
    const stranger = await createRoot({ C: 'FR', O: 'Autorité de test', CN: 'Interop IACA' });
    const issuer = await servers.issuerWith({ roots: { eu: stranger, ca: stranger } });
    await refused(await holderOf(issuer), /no valid signature of/);
  });

  test(`an ${format} that is over is refused`, async () => {
    const issuer = await servers.issuerWith({ spoil: { material: () => ({ issuedAt: Date.now() - 3_600_000, days: 1 / 48 }) } });
    await refused(await holderOf(issuer), /JWT is expired|valid at the time of verification/);
  });

  test(`an ${format} is refused when its signer was not certified for the moment`, async () => {
    const make = format === 'mdoc' ? createDocumentSigner : createLeaf;
    const signer = await make(
      servers.world.euIssuers,
      { C: 'FR', CN: 'Old signer' },
      { startsInDays: -30, days: 29, names: { dns: ['localhost'] } },
    );
    const issuer = await servers.issuerWith({ spoil: { material: () => ({ signer }) } });
    await refused(await holderOf(issuer), /outside its validity/);
  });
}

test('an mdoc whose signer is no document signer is refused', async () => {
  const signer = await createLeaf(servers.world.euIssuers, { C: 'FR', CN: 'Not for documents' });
  const issuer = await servers.issuerWith({ spoil: { material: () => ({ signer }) } });
  const session = await servers.eu.request(mdocElements);
  await (await holderOf(issuer)).present(session.link);
  assert.match(session.result.reason, /extended key usage/);
});

/** An mdoc made for one test, held by a holder of its own. */
async function holderOfMdoc(docType, nameSpaces, signer) {
  const deviceKey = await generateKey();
  const now = new Date(Math.floor(Date.now() / 1000) * 1000);
  const validity = { signed: now, validFrom: now, validUntil: new Date(now.getTime() + 86_400_000) };
  const made = createHolder(servers.world.tls);
  await made.keep(await issueMdoc({ docType, nameSpaces, issuer: signer, deviceKey, validity }), deviceKey);
  return made;
}

const asking = (docType, ...paths) => ({
  query: {
    credentials: [{ id: 'one', format: 'mso_mdoc', meta: { doctype_value: docType }, claims: paths.map((steps) => path(...steps)) }],
  },
});

test('an mDL is refused when its jurisdiction is not the one of its signer', async () => {
  const elements = { [iso]: { issuing_country: 'CA', issuing_jurisdiction: 'CA-QC' } };
  const forger = await holderOfMdoc(mdlDocType, elements, servers.issuer.signers['ca-mdl-mdoc']);
  const session = await servers.ca.request(asking(mdlDocType, [iso, 'issuing_jurisdiction']));
  await forger.present(session.link);
  assert.match(session.result.reason, /issuing_jurisdiction/);
});

test('an item is refused when it is encoded anew, though its value is the same', async () => {
  const [type, signer] = ['org.example.number', servers.issuer.signers['eu-pid-mdoc']];
  const by = await holderOfMdoc(type, { [type]: { number: 1.5 } }, signer);
  const inHalfPrecision = (presentation) => {
    const hex = Buffer.from(presentation, 'base64url').toString('hex');
    const shorter = hex
      .replace(/d81858(..)a4/, (_, length) => `d81858${(parseInt(length, 16) - 6).toString(16)}a4`)
      .replace('fb3ff8000000000000', 'f93e00');
    return [Buffer.from(shorter, 'hex').toString('base64url')];
  };
  for (const [presentations, accepted] of [
    [undefined, true],
    [inHalfPrecision, false],
  ]) {
    const session = await servers.eu.request(asking(type, [type, 'number']));
    await by.present(session.link, { bad: { presentations } });
    assert.equal(session.result.accepted, accepted, session.result.reason);
    if (!accepted) assert.match(session.result.reason, /bytes that were signed/);
  }
});
