// Our command-line wallet as a child process. Only its documented contract is used: arguments, exit codes, one JSON document.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { writeTrustFiles } from './world.mjs';

const pilot = resolve(process.env.PILOT ?? join(import.meta.dirname, '../../../target/debug/pilot'));
const timeout = 120_000;

export const exit = { done: 0, otherParty: 1, usage: 2, refused: 3 };

/** A new wallet that trusts the authorities of `world`. */
export async function createWallet(world) {
  const folder = await mkdtemp(join(tmpdir(), 'interop-wallet-'));
  const files = await writeTrustFiles(world, folder);
  const home = join(folder, 'home');

  /** Runs one command; fails unless it ends with (one of) `codes`, and unless what it prints has the promised form. */
  async function run(codes, ...args) {
    const ended = await execute(['wallet', '--home', home, ...args, '--json']);
    assert.ok(
      [codes].flat().includes(ended.code),
      `pilot wallet ${args.join(' ')} ended with ${ended.code}, not ${codes}:\n${ended.stdout}${ended.stderr}`,
    );
    const json = JSON.parse(ended.stdout);
    if (ended.code === exit.done) assert.equal(json.error, undefined);
    else assert.match(json.error.code, /^WC-/);
    return json;
  }

  await run(exit.done, 'init');
  for (const [list, file] of Object.entries(files)) {
    await run(exit.done, 'trust', 'add', '--list', list, file);
  }

  const list = async () => (await run(exit.done, 'list')).credentials;

  return {
    run,
    list,
    receive: (code, offer, { txCode = offer.txCode, keep = true } = {}) =>
      run(code, 'receive', offer.link, ...(txCode ? ['--tx-code', txCode] : []), ...(keep ? ['--yes'] : [])),
    present: (code, session, ...options) => run(code, 'present', session.link, '--yes', ...options),
    decline: (session) => run(exit.done, 'decline', session.link),
    /** Ids of the held credentials whose entry names `type`. */
    idsOf: async (type) => (await list()).filter((entry) => JSON.stringify(entry).includes(type)).map(({ id }) => id),
    remove: () => rm(folder, { recursive: true }),
  };
}

function execute(args) {
  return new Promise((resolveEnd, reject) => {
    const child = spawn(pilot, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, WALLET_PASSPHRASE: 'correct horse battery staple' },
      timeout,
    });
    const output = { stdout: '', stderr: '' };
    for (const name of Object.keys(output)) child[name].setEncoding('utf8').on('data', (text) => (output[name] += text));
    child.once('error', (error) => reject(new Error(`${pilot} cannot be run (build it, or set PILOT): ${error.message}`)));
    child.once('close', (code, signal) => resolveEnd({ code: code ?? signal, ...output }));
  });
}
