// For the two servers when they are started by hand.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeTrustFiles } from './world.mjs';

export const isMain = (moduleUrl) => Boolean(process.argv[1]) && moduleUrl === pathToFileURL(process.argv[1]).href;

export async function showRunning(world, lines) {
  const files = await writeTrustFiles(world, await mkdtemp(join(tmpdir(), 'interop-trust-')));
  console.log('Let a wallet trust this run:');
  for (const [list, file] of Object.entries(files)) console.log(`  pilot wallet --home HOME trust add --list ${list} ${file}`);
  for (const [title, text] of Object.entries(lines)) console.log(`\n${title.trim()}:\n  ${text}`);
  console.log('\nRunning until interrupted.');
}
