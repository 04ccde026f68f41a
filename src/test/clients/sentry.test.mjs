import assert from 'node:assert/strict';
import { test } from 'node:test';
import { api, DSN, fixture, keysPath, newProject } from './harness.mjs';
import { clientHome, run } from './processes.mjs';

const MANY = 120;
const SCRIPT = 'sentry/dist/bin.cjs';
const { organization } = fixture;

test('sentry 0.49.0', async (t) => {
  const env = {
    ...clientHome(),
    SENTRY_URL: fixture.base,
    SENTRY_AUTH_TOKEN: fixture.token,
    SENTRY_CLI_NO_TELEMETRY: '1',
    SENTRY_CLI_NO_UPDATE_CHECK: '1',
    SENTRY_NO_CACHE: '1',
  };
  const cli = (...args) => run(SCRIPT, args, env);
  const json = async (...args) => {
    const { code, stdout, all } = await cli(...args);
    assert.equal(code, 0, all);
    return JSON.parse(stdout);
  };
  const slugs = (page) => page.data.map(({ slug }) => slug);

  await t.test('auth whoami', async () => {
    const whoami = await json('auth', 'whoami', '--json');
    assert.ok(whoami.id, JSON.stringify(whoami));
  });
  await t.test('auth status', async () => {
    const { code, all } = await cli('auth', 'status');
    assert.equal(code, 0, all);
    assert.match(all, new RegExp(`Access verified[^]*${organization}`));
  });
  await t.test('org list', async () => {
    const organizations = await json('org', 'list', '--json');
    assert.deepEqual(organizations.map(({ slug }) => slug), [organization]);
  });
  await t.test('team list', async () => {
    assert.ok(slugs(await json('team', 'list', `${organization}/`, '--json')).includes(fixture.team));
  });
  await t.test('project list', async () => {
    assert.ok(slugs(await json('project', 'list', `${organization}/`, '--json')).includes(fixture.project));
  });
  await t.test('project view', async () => {
    const [project] = await json('project', 'view', `${organization}/${fixture.project}`, '--json');
    assert.equal(project.id, fixture.id);
    assert.equal(project.organization.slug, organization);
    assert.match(project.dsn, DSN);
  });
  await t.test('project create, view and delete', async () => {
    const target = `${organization}/cli-made`;
    const made = await json('project', 'create', `${target}:java`, '--team', fixture.team, '--json');
    assert.equal(made.project.slug, 'cli-made');
    assert.equal(made.project.platform, 'java');
    assert.match(made.dsn, DSN);
    assert.equal((await json('project', 'delete', target, '--yes', '--json')).deleted, true);
    const { code, all } = await cli('project', 'view', target);
    assert.notEqual(code, 0);
    assert.match(all, /not found/i);
  });
  await t.test('api POST', async () => {
    const key = await json('api', keysPath(), '--method', 'POST', '--field', 'name=viaApi');
    assert.equal(key.name, 'viaApi');
    assert.match(key.dsn.public, DSN);
  });
  await t.test('project of a DSN in the environment', async () => {
    const [key] = await api('GET', keysPath());
    const { code, stdout, all } = await run(SCRIPT, ['dsn', 'list', '--json'], { ...env, SENTRY_DSN: key.dsn.public });
    assert.equal(code, 0, all);
    assert.ok(stdout.includes(key.dsn.public), all);
  });

  const { slug: crowded } = await newProject('Crowded');
  for (let i = 1; i < MANY; i++) {
    await api('POST', keysPath(crowded), { name: `key ${i}` }, 201);
  }
  await t.test('dsn list --limit 250', async () => {
    const { data, hasMore } = await json('dsn', 'list', `${organization}/${crowded}`, '--limit', '250', '--json');
    assert.equal(new Set(data.map(({ dsn }) => dsn)).size, MANY);
    assert.equal(hasMore, false);
    data.forEach(({ dsn }) => assert.match(dsn, DSN));
  });
  await t.test('dsn list, page after page', async () => {
    for (const target of [`${organization}/`, `${organization}/${crowded}`]) {
      const page = (...more) => json('dsn', 'list', target, '--limit', '10', '--json', ...more);
      const first = await page();
      const next = await page('--cursor', 'next');
      assert.equal(first.hasMore, true);
      assert.equal(new Set([...first.data, ...next.data].map(({ dsn }) => dsn)).size, 20);
      assert.deepEqual((await page('--cursor', 'prev')).data, first.data);
    }
  });
});
