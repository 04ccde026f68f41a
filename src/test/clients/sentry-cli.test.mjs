import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixture, newKey } from './harness.mjs';
import { assertEnvelope, ingest } from './ingest.mjs';
import { clientHome, run } from './processes.mjs';

const SCRIPT = '@sentry/cli/bin/sentry-cli';

test('@sentry/cli 3.8.0', async (t) => {
  const home = { ...clientHome(), SENTRY_DISABLE_UPDATE_CHECK: '1' };
  const env = { ...home, SENTRY_URL: fixture.base, SENTRY_AUTH_TOKEN: fixture.token };
  const cli = async (...args) => {
    const result = await run(SCRIPT, args, env);
    assert.equal(result.code, 0, result.all);
    return result.stdout;
  };

  await t.test('info', async () => {
    const text = await cli('info');
    assert.match(text, /Method: Auth Token/);
    assert.match(text, /Scopes:(\s+- [a-z:]+)+/);
    assert.match(text, /project:admin/);
  });
  await t.test('info with a bad token', async () => {
    const result = await run(SCRIPT, ['info'], { ...env, SENTRY_AUTH_TOKEN: 'bad' });
    assert.notEqual(result.code, 0);
    assert.match(result.all, /401/);
  });
  await t.test('organizations list', async () => {
    assert.match(await cli('organizations', 'list'), new RegExp(`\\| ${fixture.organization} +\\|`));
  });
  await t.test('projects list', async () => {
    const text = await cli('projects', 'list', '--org', fixture.organization);
    assert.match(text, new RegExp(`\\| ${fixture.id} +\\| pump-station +\\| core +\\| Pump Station`));
  });
  await t.test('send-event', async (event) => {
    const dsn = (await newKey('sentry-cli')).dsn.public;
    const received = await ingest(event, dsn);
    if (received) {
      const args = ['send-event', '--message', 'from sentry-cli', '--no-environ'];
      const result = await run(SCRIPT, args, { ...home, SENTRY_DSN: dsn });
      assert.equal(result.code, 0, result.all);
      assertEnvelope(received, dsn, 'from sentry-cli');
    }
  });
});
