// SD-JWT VC by @sd-jwt/sd-jwt-vc: issuing, presenting, verifying. The library checks signatures, digests, dates, `nonce` and
// `sd_hash`; whom to trust, `typ`, `aud`, the age of the key binding and stray disclosures are left to its user, so they are here.
import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc';
import { createHash } from 'node:crypto';
import { alternativeNamesOf, publicKeyOf } from './certificates.mjs';
import { authorityKeyIdsOf, verifyChain } from './chain.mjs';
import { base64url, randomText, sign, verify } from './keys.mjs';

const algorithm = { 'sha-256': 'sha256', 'sha-384': 'sha384', 'sha-512': 'sha512' };

const common = {
  hasher: (data, name) => new Uint8Array(createHash(algorithm[name]).update(Buffer.from(data)).digest()),
  hashAlg: 'sha-256',
  saltGenerator: (length) => randomText(length),
  signAlg: 'ES256',
  kbSignAlg: 'ES256',
};

const signer = (privateJwk) => async (data) => base64url(await sign(privateJwk, Buffer.from(data)));
const verifier = async (jwk, data, signature) => verify(jwk, Buffer.from(data), Buffer.from(signature, 'base64url'));

export async function issueSdJwt({ payload, frame, issuer }) {
  const instance = new SDJwtVcInstance({ ...common, signer: signer(issuer.key) });
  return instance.issue(payload, frame, { header: { x5c: [Buffer.from(issuer.der).toString('base64')] } });
}

export async function presentSdJwt({ credential, frame, keyBinding, deviceKey }) {
  const instance = new SDJwtVcInstance({ ...common, kbSigner: signer(deviceKey) });
  return instance.present(credential, frame, { kb: { payload: keyBinding } });
}

/** What every such credential carries in clear; the rest of the payload is what the holder chose to disclose. */
const alwaysDisclosed = ['iss', 'iat', 'nbf', 'exp', 'vct', 'cnf', 'status'];

const maxKeyBindingAge = 300;

export async function verifySdJwt({ presentation, anchors, audience, nonce, now = new Date() }) {
  const seconds = Math.floor(now.getTime() / 1000);
  const issuer = await issuerOf(presentation, anchors, now);
  const { header } = issuer;
  if (header.typ !== 'dc+sd-jwt') throw new Error(`typ is ${header.typ}`);
  if (header.alg !== 'ES256') throw new Error(`alg is ${header.alg}`);

  const instance = new SDJwtVcInstance({
    ...common,
    verifier: (data, signature) => verifier(issuer.key, data, signature),
    kbVerifier: (data, signature, payload) => verifier(payload.cnf.jwk, data, signature),
  });
  const { payload, kb } = await instance.verify(presentation, { currentDate: seconds, keyBindingNonce: nonce });
  if (payload.iss !== undefined && new URL(payload.iss).hostname !== issuer.host)
    throw new Error('iss is not a name of the issuer certificate');
  if (kb.header.alg !== 'ES256') throw new Error(`alg of the key binding is ${kb.header.alg}`);
  if (kb.payload.aud !== audience) throw new Error(`aud of the key binding is ${kb.payload.aud}`);
  if (Math.abs(seconds - kb.payload.iat) > maxKeyBindingAge) throw new Error('the key binding is too old or too young');

  const { disclosures } = await instance.decode(presentation);
  const used = await instance.presentableKeys(presentation);
  if (disclosures.length !== used.length) throw new Error('a disclosure belongs to no digest, or is there twice');

  return {
    format: 'dc+sd-jwt',
    vct: payload.vct,
    authorityKeyIds: issuer.authorityKeyIds,
    claims: Object.fromEntries(Object.entries(payload).filter(([name]) => !alwaysDisclosed.includes(name))),
    disclosed: used,
    keyBinding: kb,
  };
}

async function issuerOf(presentation, anchors, date) {
  const header = JSON.parse(Buffer.from(presentation.split('.')[0], 'base64url'));
  const chain = (header.x5c ?? []).map((text) => new Uint8Array(Buffer.from(text, 'base64')));
  const leaf = await verifyChain({ chain, anchors, date });
  return { header, key: await publicKeyOf(leaf), host: alternativeNamesOf(leaf).dns[0], authorityKeyIds: authorityKeyIdsOf(chain) };
}
