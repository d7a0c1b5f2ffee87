// The servers of one test file: an issuer, a European and a Canadian verifier, and the authorities they stand under.
import { startIssuer } from '../issuer.mjs';
import { startVerifier } from '../verifier.mjs';
import { createWorld } from './world.mjs';

export async function startServers({ issuer: issuerOptions = {} } = {}) {
  const world = await createWorld();
  const started = [];
  const keep = async (starting) => {
    const server = await starting;
    started.push(server);
    return server;
  };
  const anchors = [world.euIssuers.der, world.caIssuers.der];
  const issuerWith = (options = {}) =>
    keep(startIssuer({ tlsRoot: world.tls, roots: { eu: world.euIssuers, ca: world.caIssuers }, ...options }));
  const verifierWith = (options = {}) => keep(startVerifier({ tlsRoot: world.tls, root: world.euVerifiers, anchors, ...options }));
  return {
    world,
    issuerWith,
    verifierWith,
    issuer: await issuerWith(issuerOptions),
    eu: await verifierWith({ name: 'Vérificateur européen' }),
    ca: await verifierWith({ name: 'Canadian verifier', country: 'CA', root: world.caVerifiers }),
    close: () => Promise.all(started.map((server) => server.close())),
  };
}
