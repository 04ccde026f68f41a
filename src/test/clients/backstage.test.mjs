import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  createSentryCreateProjectAction,
  createSentryFetchDSNAction,
} from '@backstage/plugin-scaffolder-backend-module-sentry';
import { api, DSN, fixture, keysPath } from './harness.mjs';

const settings = {
  'scaffolder.sentry.apiBaseUrl': `${fixture.base}/api/0`,
  'scaffolder.sentry.token': fixture.token,
};
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
