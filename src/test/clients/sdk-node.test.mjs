import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as Sentry from '@sentry/node';
import { newKey } from './harness.mjs';
import { assertEnvelope, ingest } from './ingest.mjs';

test('@sentry/node 11.12.0', async (t) => {
  const dsn = (await newKey('node')).dsn.public;
  const received = await ingest(t, dsn);
  if (!received) {
    return;
  }
  Sentry.init({ dsn });
  Sentry.captureMessage('from @sentry/node');
  assert.equal(await Sentry.close(10_000), true);
  assertEnvelope(received, dsn, 'from @sentry/node');
});
