import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { createInterface } from 'node:readline';
import { documented } from './documented.mjs';
import { api, DSN, fixture } from './harness.mjs';
import { clientHome, start } from './processes.mjs';

const { organization } = fixture;

/** A running @sentry/mcp-server: JSON-RPC over its standard streams, a message per line. */
class McpServer {
  #child;
  #answers = new EventEmitter();
  #nextId = 1;

  constructor(t, alias) {
    const { args, env: settings } = JSON.parse(documented('sentry-mcp', 'json', fixture.token)).mcpServers.countersign;
    const insecure = new URL(fixture.base).protocol === 'http:' ? ['--insecure-http'] : [];
    const options = [...args.slice(1), ...insecure];
    const env = { ...clientHome(), ...settings };
    const stdio = ['pipe', 'pipe', 'ignore'];
    this.#child = start(`${alias}/dist/index.js`, options, env, { timeout: 120_000, stdio });
    t.after(() => this.#child.kill('SIGKILL'));
    createInterface({ input: this.#child.stdout }).on('line', (line) => {
      const message = JSON.parse(line);
      this.#answers.emit(`${message.id}`, message);
    });
  }

  async initialize() {
    const clientInfo = { name: 'countersign-clients', version: '0' };
    await this.#call('initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo });
    this.#send({ method: 'notifications/initialized' });
    return (await this.#call('tools/list', {})).tools.map(({ name }) => name);
  }

  /** The text that the tool shows, and whether it is an error. */
  async tool(name, args) {
    const { content, isError } = await this.#call('tools/call', { name, arguments: args });
    return { text: content.map(({ text }) => text).join('\n'), isError: isError === true };
  }

  async #call(method, params) {
    const id = this.#nextId++;
    const answer = once(this.#answers, `${id}`, { signal: AbortSignal.timeout(30_000) });
    this.#send({ id, method, params });
    const [{ result, error }] = await answer;
    assert.equal(error, undefined, JSON.stringify(error));
    return result;
  }

  #send(message) {
    this.#child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  }
}

/** The tools that both versions have; `tool` answers the text of one, and fails where it shows an error. */
export async function testTools(t, alias) {
  const server = new McpServer(t, alias);
  const direct = await server.initialize();
  const show = (name, args = {}) =>
    direct.includes(name)
      ? server.tool(name, args)
      : server.tool('execute_sentry_tool', { name, arguments: args });
  const tool = async (name, args) => {
    const { text, isError } = await show(name, args);
    assert.ok(!isError, text);
    return text;
  };
  const inOrganization = { organizationSlug: organization };
  const inProject = { ...inOrganization, projectSlug: fixture.project };

  await t.test('whoami', async () => {
    const { id } = await api('GET', 'auth/');
    const text = await tool('whoami');
    assert.ok(text.includes(id), text);
  });
  await t.test('find_organizations', async () => {
    const text = await tool('find_organizations');
    assert.ok(text.includes(organization) && text.includes(fixture.base), text);
  });
  await t.test('find_teams', async () => assert.match(await tool('find_teams', inOrganization), /\bcore\b/));
  await t.test('find_projects', async () =>
    assert.match(await tool('find_projects', inOrganization), /\bpump-station\b/));
  await t.test('find_dsns', async () => {
    const text = await tool('find_dsns', inProject);
    assert.match(text, /\bDefault\b/);
    assert.match(text, DSN);
  });
  await t.test('find_dsns of a missing project', async () => {
    const { text, isError } = await show('find_dsns', { ...inOrganization, projectSlug: 'nope' });
    assert.equal(isError, true, text);
    assert.match(text, /404[^]*The requested resource does not exist/);
  });
  await t.test('create_dsn', async () => {
    const text = await tool('create_dsn', { ...inProject, name: `Production ${alias}` });
    assert.ok(text.includes(`Production ${alias}`), text);
    assert.match(text, DSN);
  });
  await t.test('create_team', async () =>
    assert.ok((await tool('create_team', { ...inOrganization, name: `team-${alias}` })).includes(`team-${alias}`)));
  await t.test('create_project, update_project', async () => {
    const made = await tool('create_project', {
      ...inOrganization, teamSlug: fixture.team, name: `Made by ${alias}`, platform: 'java' });
    assert.ok(made.includes(`made-by-${alias}`), made);
    assert.match(made, DSN);
    const changed = await tool('update_project', {
      ...inOrganization, projectSlug: `made-by-${alias}`, name: `Renamed by ${alias}`, slug: `renamed-by-${alias}`,
      platform: 'python' });
    assert.ok(changed.includes(`renamed-by-${alias}`), changed);
    // The old slug is redirected, and the client follows.
    assert.match(await tool('find_dsns', { ...inOrganization, projectSlug: `made-by-${alias}` }), DSN);
  });
  return { tool, inProject };
}
