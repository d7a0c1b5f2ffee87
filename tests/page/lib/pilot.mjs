// The pilot's own servers and wallet as child processes, in a folder that is gone afterwards.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const program = process.env.PILOT;
const lists = {
  tls: ['tls-ca'],
  'eu-issuers': ['eu-issuer-ca'],
  'ca-issuers': ['ca-iaca', 'ca-issuer-ca'],
  'eu-verifiers': ['eu-verifier-ca'],
  'eu-registrars': ['eu-registrar-ca'],
  'ca-verifiers': ['ca-verifier-ca'],
};

/** A folder of test certificates, and what is started over them. */
export class World {
  static async make() {
    const world = new World();
    world.folder = await mkdtemp(join(tmpdir(), 'page-test-'));
    world.pki = join(world.folder, 'pki');
    world.servers = [];
    return world;
  }

  /** `pilot issuer` or `pilot verifier`; gives what it says when it is ready. */
  async start(...args) {
    const child = spawn(program, [...args, '--json', '--pki', this.pki], { stdio: ['ignore', 'pipe', 'inherit'] });
    this.servers.push(child);
    const lines = createInterface({ input: child.stdout });
    const [line] = await new Promise((resolve, reject) => {
      lines.once('line', (first) => resolve([first]));
      child.once('exit', (code) => reject(new Error(`pilot ${args.join(' ')} ended with ${code}`)));
    });
    // Read on, so that the server never waits for a full pipe.
    lines.on('line', () => {});
    return JSON.parse(line);
  }

  /** A wallet that trusts everybody and holds what both issuers give. */
  async wallet() {
    const home = join(this.folder, 'wallet');
    const run = async (...args) => {
      const { code, out } = await execute(['wallet', '--home', home, '--json', ...args]);
      assert.equal(code, 0, `pilot wallet ${args.join(' ')}: ${out}`);
      return JSON.parse(out);
    };
    const issuers = await Promise.all(
      ['eu', 'ca'].map((side) => this.start('issuer', '--side', side, '--tx-code', 'none')),
    );
    await run('init');
    for (const [list, files] of Object.entries(lists)) {
      for (const file of files) await run('trust', 'add', '--list', list, join(this.pki, `${file}.pem`));
    }
    for (const issuer of issuers) await run('receive', issuer.credential_offer, '--yes');
    return { run, present: (uri, ...more) => run('present', uri, '--yes', ...more), decline: (uri) => run('decline', uri) };
  }

  async end() {
    await Promise.all(
      this.servers.map((child) => {
        const ended = new Promise((resolve) => child.once('exit', resolve));
        child.kill();
        return child.exitCode === null ? ended : undefined;
      }),
    );
    await rm(this.folder, { recursive: true });
  }
}

function execute(args) {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, WALLET_PASSPHRASE: 'correct horse battery staple' };
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'], env });
    let out = '';
    child.stdout.on('data', (data) => (out += data));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out }));
  });
}
