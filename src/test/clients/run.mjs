// Installs the clients, makes an organization of their own, runs one test file per client, and removes it again.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { request } from './harness.mjs';

const MINUTE = 60_000;
const here = import.meta.dirname;
const [base = 'http://localhost:8080', operatorToken = 'operator-token-for-development-only'] = process.argv.slice(2);

function install() {
  const lock = path.join(here, 'package-lock.json');
  const installed = path.join(here, 'node_modules', '.package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs > statSync(lock).mtimeMs) {
    return;
  }
  // Install scripts only download what optional packages bring along.
  const options = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status } = spawnSync('npm', options, { cwd: here, stdio: 'inherit', timeout: 10 * MINUTE });
  if (status !== 0) {
    throw new Error('npm ci failed');
  }
}

/** What every client finds: an organization with one team, one project and a key that may do everything in it. */
async function createFixture() {
  const operator = { base: base.replace(/\/+$/, ''), token: operatorToken };
  const organization = `clients-${randomBytes(4).toString('hex')}`;
  const post = (route, body) => request(operator, 'POST', route, body, 201);
  await post('organizations/', { name: 'Published Clients', slug: organization });
  await post(`organizations/${organization}/teams/`, { slug: 'core' });
  const { id } = await post(`teams/${organization}/core/projects/`, { name: 'Pump Station', slug: 'pump-station' });
  const newToken = async (label, ...scopes) =>
    (await post(`organizations/${organization}/api-keys/`, { label, scope_list: scopes })).key;
  const token = await newToken('clients', 'project:admin', 'team:admin', 'org:admin');
  // With the scopes that docs/compatibility.md names.
  const documentedToken = await newToken('documented', 'org:read', 'project:admin');
  const project = { organization, team: 'core', project: 'pump-station', id };
  const fixture = { base: operator.base, token, documentedToken, ...project };
  return { fixture, remove: () => request(operator, 'DELETE', `organizations/${organization}/`, undefined, 204) };
}

/** Clients run one after the other: those that send events listen on the same port. */
function runTests(fixture) {
  const files = readdirSync(here).filter((name) => name.endsWith('.test.mjs'));
  const options = ['--test', '--test-concurrency=1', '--test-reporter=spec', `--test-timeout=${2 * MINUTE}`];
  const { status } = spawnSync(process.execPath, [...options, ...files], {
    cwd: here,
    env: { ...process.env, COUNTERSIGN_CLIENTS: JSON.stringify(fixture) },
    stdio: 'inherit',
    timeout: 15 * MINUTE,
  });
  return status ?? 1;
}

try {
  install();
  const { fixture, remove } = await createFixture();
  console.log(`organization ${fixture.organization} at ${fixture.base}`);
  try {
    process.exitCode = runTests(fixture);
  } finally {
    await remove();
  }
} catch (e) {
  console.error(`src/test/clients/run: ${e.message}${e.cause ? ` (${e.cause.code ?? e.cause.message})` : ''}`);
  process.exitCode = 1;
}
