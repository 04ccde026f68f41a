import assert from 'node:assert/strict';
import http from 'node:http';

/**
 * Stands in for the ingest host that a DSN names.
 *
 * @returns the requests as they come in; or, where the host is not this machine or its port is taken, undefined: the
 *     test is skipped
 */
export async function ingest(t, dsn) {
  const { protocol, hostname, port, host } = new URL(dsn);
  if (protocol !== 'http:' || !/^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname)) {
    t.skip(`the DSN's host ${host} is not on this machine`);
    return undefined;
  }
  const received = [];
  const server = http.createServer(async (incoming, response) => {
    const body = (await incoming.setEncoding('utf8').toArray()).join('');
    received.push({ method: incoming.method, url: incoming.url, headers: incoming.headers, body });
    response.setHeader('Content-Type', 'application/json').end('{}');
  });
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const listening = await new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(Number(port || 80), hostname.replace(/[[\]]/g, ''), () => resolve(true));
  });
  if (!listening) {
    t.skip(`something else listens on ${host}`);
    return undefined;
  }
  return received;
}

/** That an SDK posted an envelope with the message to where the DSN points. */
export function assertEnvelope(received, dsn, message) {
  const { username, pathname } = new URL(dsn);
  const [, prefix, projectId] = /^(.*)\/(\d+)$/.exec(pathname);
  const envelope = received.find(({ body }) => body.includes(message));
  assert.ok(envelope, `no envelope with "${message}" in ${JSON.stringify(received)}`);
  assert.equal(envelope.method, 'POST');
  assert.equal(envelope.url.split('?')[0], `${prefix}/api/${projectId}/envelope/`);
  const credentials = envelope.url + (envelope.headers['x-sentry-auth'] ?? '');
  assert.match(credentials, new RegExp(`sentry_key=${username}\\b`));
}
