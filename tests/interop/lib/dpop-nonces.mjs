// Nonces which a server demands inside DPoP proofs (RFC 9449 section 8). The libraries verify proofs but leave this to the server.
import { randomText } from './keys.mjs';

const nonceIn = (jwt) => JSON.parse(Buffer.from(jwt.split('.')[1], 'base64url')).nonce;

export function createDpopNonces(demanded) {
  let current = randomText();
  const header = () => (demanded ? { 'dpop-nonce': current } : {});
  return {
    header,
    /** Headers of the refusal when a proof came without the current nonce, which is then replaced; otherwise undefined. */
    missingFrom(jwt) {
      if (!demanded || !jwt || nonceIn(jwt) === current) return undefined;
      current = randomText();
      return header();
    },
  };
}
