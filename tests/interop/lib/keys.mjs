// P-256 keys and ES256 signatures. Keys live as JWKs, since every library here takes those; they are made at run time and
// never written to disk.
import { webcrypto as crypto, createHash, randomBytes } from 'node:crypto';

const ecdsa = { name: 'ECDSA', namedCurve: 'P-256' };
const es256 = { name: 'ECDSA', hash: 'SHA-256' };

export const sha256 = (data) => new Uint8Array(createHash('sha256').update(data).digest());
export const random = (length) => new Uint8Array(randomBytes(length));
export const base64url = (bytes) => Buffer.from(bytes).toString('base64url');
export const randomText = (length = 24) => base64url(random(length));

export async function generateKey() {
  const pair = await crypto.subtle.generateKey(ecdsa, true, ['sign', 'verify']);
  const { kty, crv, x, y, d } = await crypto.subtle.exportKey('jwk', pair.privateKey);
  return { kty, crv, x, y, d };
}

/** Only what names the key: other members (`alg`, `kid`, `use`) differ between libraries and must not leak from one to another. */
export const publicJwk = ({ kty, crv, x, y }) => ({ kty, crv, x, y });

export const importPrivate = ({ kty, crv, x, y, d }) => crypto.subtle.importKey('jwk', { kty, crv, x, y, d }, ecdsa, true, ['sign']);
export const importPublic = (jwk) => crypto.subtle.importKey('jwk', publicJwk(jwk), ecdsa, true, ['verify']);

export async function sign(privateJwk, data) {
  return new Uint8Array(await crypto.subtle.sign(es256, await importPrivate(privateJwk), data));
}

export async function verify(jwk, data, signature) {
  return crypto.subtle.verify(es256, await importPublic(jwk), signature, data);
}
