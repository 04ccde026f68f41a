import assert from 'node:assert/strict';
import { test } from 'node:test';
import { text } from 'node:stream/consumers';
import { PassThrough } from 'node:stream';
import { api, DSN, fixture, keysPath } from './harness.mjs';
import { clientHome, start } from './processes.mjs';

/** The hash of the link that the wizard shows to its human. */
async function shownHash(output) {
  let shown = '';
  for await (const chunk of output) {
    shown += chunk;
    const link = /account\/settings\/wizard\/([0-9a-f]{64})\//.exec(shown);
    if (link) {
      return link[1];
    }
  }
  assert.fail(`no link in ${shown}`);
}

test('@sentry/wizard 8.0.0', async (t) => {
  const args = [`${fixture.base}/`, fixture.organization, fixture.project];
  const stdio = ['ignore', 'pipe', 'inherit'];
  const child = start('../wizard-login.mjs', args, clientHome(), { timeout: 60_000, stdio });
  t.after(() => child.kill('SIGKILL'));
  const [first, whole] = [new PassThrough(), new PassThrough()];
  child.stdout.pipe(first);
  child.stdout.pipe(whole);
  const output = text(whole);

  const hash = await shownHash(first.setEncoding('utf8'));
  await api('POST', `projects/${fixture.organization}/${fixture.project}/wizard/${hash}/`, undefined, 201);

  const { authToken, selectedProject } = JSON.parse((await output).trimEnd().split('\n').at(-1));
  assert.match(authToken, /^cs_[\w-]{43}$/);
  assert.equal(selectedProject.slug, fixture.project);
  assert.equal(selectedProject.organization.slug, fixture.organization);
  const keys = await api('GET', keysPath());
  assert.match(selectedProject.keys[0].dsn.public, DSN);
  assert.equal(selectedProject.keys[0].dsn.public, keys.at(-1).dsn.public);
});
