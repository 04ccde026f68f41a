import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as sentry from '@sentry/api';
import { DSN, fixture } from './harness.mjs';

const organization = { organization_id_or_slug: fixture.organization };
const project = { ...organization, project_id_or_slug: fixture.project };

/** Calls an operation of the client: the body of the answer, which must have the expected status. */
async function call(operation, path, expected, { body, query } = {}) {
  const connection = { baseUrl: fixture.base, auth: fixture.token, signal: AbortSignal.timeout(20_000) };
  const { data, error, response } = await sentry[operation]({ ...connection, path, body, query });
  assert.equal(response.status, expected, `${operation} answers ${response.status} ${JSON.stringify(error)}`);
  return data ?? error;
}

test('@sentry/api 0.1.0', async (t) => {
  const list = 'listAProject_sClientKeys';
  const listAll = 'listAnOrganization_sClientKeys';

  await t.test('one key, from creation to deletion', async () => {
    const made = await call('createANewClientKey', project, 201, {
      body: { name: 'sdk', rateLimit: { window: 60, count: 10 }, useCase: 'user' },
    });
    assert.equal(made.name, 'sdk');
    assert.deepEqual(made.rateLimit, { window: 60, count: 10 });
    assert.match(made.dsn.public, DSN);

    const key = { ...project, key_id: made.id };
    assert.deepEqual(await call('retrieveAClientKey', key, 200), made);

    const dynamicSdkLoaderOptions = { hasReplay: true, hasPerformance: false, hasDebug: false };
    const changed = await call('updateAClientKey', key, 200, {
      body: { name: 'sdk2', isActive: false, rateLimit: null, browserSdkVersion: 'latest', dynamicSdkLoaderOptions },
    });
    assert.equal(changed.name, 'sdk2');
    assert.equal(changed.isActive, false);
    assert.equal(changed.rateLimit, null);
    assert.equal(changed.browserSdkVersion, 'latest');
    assert.equal(changed.dynamicSdkLoaderOptions.hasPerformance, false);
    assert.equal(changed.dsn.public, made.dsn.public);

    const inactive = await call(list, project, 200, { query: { status: 'inactive' } });
    assert.ok(inactive.some(({ id }) => id === made.id));
    const active = await call(list, project, 200, { query: { status: 'active', cursor: '0:0:0' } });
    assert.ok(!active.some(({ id }) => id === made.id));

    await call('deleteAClientKey', key, 204);
    const { detail } = await call('retrieveAClientKey', key, 404);
    assert.equal(detail, 'The requested resource does not exist');
  });

  await t.test('keys of the organization', async () => {
    const other = await call('createANewProject', { ...organization, team_id_or_slug: fixture.team }, 201, {
      body: { name: 'sdkproj', platform: 'java', default_rules: false },
    });
    const projectsOf = async (query) =>
      new Set((await call(listAll, organization, 200, { query })).map(({ projectId }) => String(projectId)));

    assert.deepEqual(await projectsOf({ status: 'active', project: fixture.id, team: fixture.team }),
      new Set([fixture.id]));
    const both = [fixture.id, other.id];
    assert.deepEqual(await projectsOf({ project: both }), new Set(both));
    await call('deleteAProject', { ...organization, project_id_or_slug: other.slug }, 204);
  });

  await t.test('projects and organizations', async () => {
    const projects = await call('listAnOrganization_sProjects', organization, 200);
    assert.ok(projects.some(({ slug }) => slug === fixture.project));
    const organizations = await call('listYourOrganizations', undefined, 200);
    assert.deepEqual(organizations.map(({ slug }) => slug), [fixture.organization]);
    const one = await call('retrieveAProject', project, 200);
    assert.equal(one.id, fixture.id);
  });
});
