import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BrowserClient, defaultStackParser, makeFetchTransport } from '@sentry/browser';
import { newKey } from './harness.mjs';
import { assertEnvelope, ingest } from './ingest.mjs';

test('@sentry/browser 11.12.0', async (t) => {
  const dsn = (await newKey('browser')).dsn.public;
  const received = await ingest(t, dsn);
  if (!received) {
    return;
  }
  // The client without the integrations that need a window.
  const client = new BrowserClient({
    dsn,
    transport: makeFetchTransport,
    stackParser: defaultStackParser,
    integrations: [],
  });
  client.init();
  client.captureMessage('from @sentry/browser');
  assert.equal(await client.close(10_000), true);
  assertEnvelope(received, dsn, 'from @sentry/browser');
});
