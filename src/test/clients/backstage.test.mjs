import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  createSentryCreateProjectAction,
  createSentryFetchDSNAction,
} from '@backstage/plugin-scaffolder-backend-module-sentry';
import { documented } from './documented.mjs';
import { api, DSN, fixture, keysPath } from './harness.mjs';

const yaml = documented('Backstage', 'yaml');
const settings = Object.fromEntries(
  ['apiBaseUrl', 'token'].map((name) => [
    `scaffolder.sentry.${name}`,
    new RegExp(`^scaffolder:\\n  sentry:\\n[^]*    ${name}: (\\S+)$`, 'm').exec(yaml)[1],
  ]));
const config = { getOptionalString: (name) => settings[name] };

/** What an action puts out. */
async function outputs(action, input) {
  const output = {};
  await action.handler({
    input: { organizationSlug: fixture.organization, ...input },
    output: (name, value) => (output[name] = value),
    checkpoint: ({ fn }) => fn(),
  });
  return output;
}

test('Backstage scaffolder actions 0.4.0', async (t) => {
  const fetchDsn = createSentryFetchDSNAction({ config });

  await t.test('sentry:project:create, then sentry:fetch:dsn', async () => {
    const create = createSentryCreateProjectAction({ config });
    const { id, result } = await outputs(create, { teamSlug: fixture.team, name: 'bs-made', platform: 'java' });
    assert.match(id, /^\d+$/);
    assert.equal(result.slug, 'bs-made');

    const { dsn } = await outputs(fetchDsn, { projectSlug: 'bs-made' });
    assert.match(dsn, DSN);
    const [key] = await api('GET', keysPath('bs-made'));
    assert.equal(dsn, key.dsn.public);
  });
  await t.test('sentry:fetch:dsn of a missing project', async () => {
    await assert.rejects(outputs(fetchDsn, { projectSlug: 'nope' }), /status 404/);
  });
});
