// A status list by @sd-jwt/jwt-status-list: which places are taken, what stands there, and the signed list.
import { createHeaderAndPayload, StatusList } from '@sd-jwt/jwt-status-list';
import { signJwt } from './callbacks.mjs';

const places = 64;
const bits = 2;

/** Every place that is given away gets `value`; the list is signed by `signer`. */
export function createStatuses(uri, { value, signer }) {
  const list = new StatusList(new Array(places).fill(0), bits);
  // Not the first places: what is read from the wrong end or the wrong bits is then something else.
  let next = 13;
  return {
    place() {
      const idx = next++;
      list.setStatus(idx, value);
      return { status_list: { idx, uri } };
    },
    token() {
      const x5c = [Buffer.from(signer.der).toString('base64')];
      const iat = Math.floor(Date.now() / 1000);
      const { header, payload } = createHeaderAndPayload(list, { sub: uri, iat, ttl: 3600 }, { alg: 'ES256', typ: 'statuslist+jwt', x5c });
      return signJwt(signer.key, header, payload);
    },
  };
}
