// A loopback https server with exact routes, and a fetch that trusts one test CA.
import { createPrivateKey } from 'node:crypto';
import { createServer, request as httpsRequest } from 'node:https';
import { createLeaf, serverAuth } from './certificates.mjs';

const pemOfKey = (jwk) => createPrivateKey({ key: jwk, format: 'jwk' }).export({ type: 'pkcs8', format: 'pem' });

async function bodyOf(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/**
 * Starts a server for `https://localhost:<port>` under `tlsRoot`. `handle({ method, path, url, headers, text })` returns
 * `{ status, type, body, headers }`, or `{ json }`. `requests` lists what came, so that a test can say that nothing did.
 */
export async function serve(tlsRoot, handle, { port = 0 } = {}) {
  const leaf = await createLeaf(tlsRoot, { CN: 'localhost' }, { names: { dns: ['localhost'] }, usages: [serverAuth] });
  const requests = [];
  let origin;

  const server = createServer({ cert: leaf.pem, key: pemOfKey(leaf.key) }, async (incoming, outgoing) => {
    try {
      const url = `${origin}${incoming.url}`;
      const { pathname: path } = new URL(url);
      const request = {
        method: incoming.method,
        path,
        url,
        headers: new Headers(incoming.headers),
        text: (await bodyOf(incoming)).toString(),
      };
      requests.push(request);
      send(outgoing, (await handle(request)) ?? { status: 404 });
    } catch (error) {
      console.error(error);
      send(outgoing, { status: 500, json: { error: 'server_error', error_description: error.message } });
    }
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  origin = `https://localhost:${server.address().port}`;

  const close = () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  return { origin, requests, close };
}

function send(outgoing, { status = 200, json, body = '', type = 'text/plain', headers = {} }) {
  const content = json === undefined ? body : JSON.stringify(json);
  outgoing.writeHead(status, { 'content-type': json === undefined ? type : 'application/json', 'cache-control': 'no-store', ...headers });
  outgoing.end(content);
}

/** The fetch of the platform takes its CA list from the process; this one takes it as an argument, so that tests need no environment. */
export const fetchTrusting =
  (caPem) =>
  async (address, { method = 'GET', headers, body } = {}) => {
    const content = body === undefined || body === null ? undefined : body.toString();
    const sent = new Headers(headers);
    if (body instanceof URLSearchParams && !sent.has('content-type')) sent.set('content-type', 'application/x-www-form-urlencoded');
    const response = await new Promise((resolve, reject) => {
      const request = httpsRequest(address, { method, headers: Object.fromEntries(sent), ca: caPem, agent: false }, resolve);
      request.once('error', reject);
      request.end(content);
    });
    const received = await bodyOf(response);
    return new Response(received.length ? received : null, {
      status: response.statusCode,
      headers: Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
    });
  };
