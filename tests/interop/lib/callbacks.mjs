// What the @openid4vc libraries leave to the application: signatures, encryption and hashes, here by jose.
import { CompactEncrypt, CompactSign, compactDecrypt, compactVerify, importJWK } from 'jose';
import { clientAuthenticationAnonymous } from '@openid4vc/oauth2';
import { alternativeNamesOf, parseCertificate, publicKeyOf } from './certificates.mjs';
import { publicJwk, random, sha256 } from './keys.mjs';

const fromBase64 = (text) => new Uint8Array(Buffer.from(text, 'base64'));

const leafOf = (x5c) => parseCertificate(fromBase64(x5c[0]));

async function signerKey(signer) {
  if (signer.method === 'jwk') return publicJwk(signer.publicJwk);
  if (signer.method === 'x5c') return publicKeyOf(leafOf(signer.x5c));
  throw new Error(`no key for a signer by ${signer.method}`);
}

export async function signJwt(privateJwk, header, payload) {
  return new CompactSign(Buffer.from(JSON.stringify(payload))).setProtectedHeader(header).sign(await importJWK(privateJwk, 'ES256'));
}

/**
 * `keys` are the private keys that may sign, found by their public half; `decryptionKey` opens responses; `fetch` reaches the
 * other party; `rewrite` may change a header and payload before they are signed, to make bad messages with good signatures.
 */
export function oid4vcCallbacks({ keys = [], decryptionKey, fetch, rewrite = (jwt) => jwt } = {}) {
  return {
    fetch,
    hash: (data) => sha256(data),
    generateRandom: random,
    clientAuthentication: clientAuthenticationAnonymous(),
    getX509CertificateMetadata: (certificate) => {
      const { dns, uris } = alternativeNamesOf(leafOf([certificate]));
      return { sanDnsNames: dns, sanUriNames: uris };
    },

    async signJwt(signer, jwt) {
      const signerJwk = await signerKey(signer);
      const key = keys.find((candidate) => candidate.x === signerJwk.x && candidate.y === signerJwk.y);
      if (!key) throw new Error('no private key for this signer');
      const { header, payload } = rewrite(jwt);
      return { jwt: await signJwt(key, header, payload), signerJwk };
    },

    async verifyJwt(signer, { compact }) {
      if (signer.method !== 'jwk' && signer.method !== 'x5c') return { verified: false };
      const signerJwk = await signerKey(signer);
      const verified = await compactVerify(compact, await importJWK(signerJwk, 'ES256'), { algorithms: ['ES256'] }).then(
        () => true,
        () => false,
      );
      return { verified, signerJwk };
    },

    async encryptJwe({ publicJwk: jwk, alg, enc, apu, apv }, data) {
      const jwe = await new CompactEncrypt(Buffer.from(data))
        .setProtectedHeader({ alg, enc, kid: jwk.kid })
        .setKeyManagementParameters({ apu: apu && Buffer.from(apu, 'base64url'), apv: apv && Buffer.from(apv, 'base64url') })
        .encrypt(await importJWK(jwk, alg));
      return { encryptionJwk: jwk, jwe };
    },

    async decryptJwe(jwe, { jwk } = {}) {
      if (!decryptionKey || !jwk) return { decrypted: false };
      try {
        const { plaintext } = await compactDecrypt(jwe, await importJWK(decryptionKey, 'ECDH-ES'), {
          keyManagementAlgorithms: ['ECDH-ES'],
        });
        return { decrypted: true, decryptionJwk: jwk, payload: Buffer.from(plaintext).toString() };
      } catch {
        return { decrypted: false };
      }
    },
  };
}
