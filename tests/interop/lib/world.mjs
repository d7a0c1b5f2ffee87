// The authorities of one test run: who vouches for issuers, for verifiers and for the loopback servers.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRoot } from './certificates.mjs';

/** Which trust list of the wallet each authority belongs to. */
const trustLists = {
  tls: 'tls',
  euIssuers: 'eu-issuers',
  euVerifiers: 'eu-verifiers',
  caIssuers: 'ca-issuers',
  caVerifiers: 'ca-verifiers',
};

export async function createWorld() {
  return {
    tls: await createRoot({ CN: 'Interop TLS CA' }),
    euIssuers: await createRoot({ C: 'FR', O: 'Autorité de test', CN: 'Interop IACA' }),
    euVerifiers: await createRoot({ C: 'FR', O: 'Registre de test', CN: 'Interop access CA' }),
    caIssuers: await createRoot({ C: 'CA', ST: 'CA-BC', O: 'Société d’essai', CN: 'Interop mDL IACA' }),
    caVerifiers: await createRoot({ C: 'CA', O: 'Registre d’essai', CN: 'Interop verifier CA' }),
  };
}

/** Writes the certificates, never a key, into `folder`; returns `{ list: file }`. */
export async function writeTrustFiles(world, folder) {
  const files = {};
  for (const [authority, list] of Object.entries(trustLists)) {
    files[list] = join(folder, `${list}.pem`);
    await writeFile(files[list], world[authority].pem);
  }
  return files;
}
