// A holder whose PID says what the test wants, signed with the test PKI's own key: the pilot's issuers only know well-meant
// people. And what can be sent to a verifier without any wallet.
import assert from 'node:assert/strict';
import { createHash, createPrivateKey, generateKeyPairSync, sign, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Agent, request as httpsRequest } from 'node:https';
import { join } from 'node:path';

const agent = new Agent({ rejectUnauthorized: false });
const base64url = (content) => Buffer.from(content).toString('base64url');

/** Answers a `direct_post` request with a PID that holds these claims. */
export async function present(world, uri, claims) {
  const asked = await fetched(uri);
  const leaf = new X509Certificate(await readFile(join(world.pki, 'eu-sd-jwt-signer.pem')));
  const issuerKey = createPrivateKey(await readFile(join(world.pki, 'eu-sd-jwt-signer.key.pem')));
  const holder = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const now = Math.floor(Date.now() / 1000);
  const issued = jws(
    { alg: 'ES256', typ: 'dc+sd-jwt', x5c: [leaf.raw.toString('base64')] },
    { ...claims, vct: 'urn:eudi:pid:1', exp: now + 3600, cnf: { jwk: holder.publicKey.export({ format: 'jwk' }) } },
    issuerKey,
  );
  const sdHash = createHash('sha256').update(`${issued}~`).digest('base64url');
  const binding = { iat: now, aud: asked.client_id, nonce: asked.nonce, sd_hash: sdHash };
  const bound = jws({ alg: 'ES256', typ: 'kb+jwt' }, binding, holder.privateKey);
  const query = asked.dcql_query.credentials[0].id;
  const vpToken = JSON.stringify({ [query]: [`${issued}~${bound}`] });
  return call('POST', asked.response_uri, { vp_token: vpToken, state: asked.state });
}

/** Answers any request with an error of the holder's own making. */
export async function refuse(uri, error) {
  const asked = await fetched(uri);
  return call('POST', asked.response_uri, { error, state: asked.state });
}

async function fetched(uri) {
  const { status, text } = await call('GET', new URL(uri).searchParams.get('request_uri'));
  assert.equal(status, 200);
  return JSON.parse(Buffer.from(text.split('.')[1], 'base64url'));
}

function jws(header, payload, key) {
  const input = `${base64url(JSON.stringify(header))}.${base64url(JSON.stringify(payload))}`;
  return `${input}.${sign('sha256', input, { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

/** Calls a server of the test, with a form or with JSON. */
export function call(method, url, form, json) {
  const body = json ? JSON.stringify(json) : form && new URLSearchParams(form).toString();
  const type = json ? 'application/json' : 'application/x-www-form-urlencoded';
  return new Promise((resolve, reject) => {
    const headers = body ? { 'content-type': type, 'content-length': Buffer.byteLength(body) } : {};
    const sent = httpsRequest(url, { method, agent, headers }, (answer) => {
      let text = '';
      answer.on('data', (data) => (text += data));
      answer.on('end', () => resolve({ status: answer.statusCode, text }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
