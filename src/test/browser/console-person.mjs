// What the tests of the console share: a person at a browser, and the API with which a test prepares and checks.
import assert from 'node:assert/strict';
import { PATIENCE, settings, withBrowser } from './browser.mjs';

export const origin = `http://${settings.host ?? 'localhost'}:${settings.port}`;
const page = `${origin}/console/`;

/** Sends a request to the API, as the operator unless a token is given, and returns {status, body}. */
export async function api(method, path, body, token = settings.operatorToken) {
  const response = await fetch(`http://localhost:${settings.port}/api/${path}`, {
    method,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, body: text ? JSON.parse(text) : null };
}

/** Makes an organization with a project and an API key. */
export async function tenant(scopes = ['org:admin', 'project:admin', 'team:admin']) {
  const slug = `acme-${Math.random().toString(36).slice(2, 10)}`;
  await made('0/organizations/', { name: `Tenant ${slug}`, slug });
  await made(`0/organizations/${slug}/teams/`, { slug: 'core' });
  await made(`0/teams/${slug}/core/projects/`, { name: 'Pump Station', slug: 'pump-station' });
  const { id, key } = await made(`0/organizations/${slug}/api-keys/`, { label: 'console', scope_list: scopes });
  return { slug, token: key, tokenId: id, keys: `0/projects/${slug}/pump-station/keys/` };
}

export async function made(path, body) {
  const answer = await api('POST', path, body);
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return answer.body;
}

/**
 * Runs an action with a page of a new browser, and fails if the page broke its Content-Security-Policy, threw an error, showed
 * an alert, or asked another site.
 */
export async function withPerson(action, { browser: options, ...context } = {}) {
  await withBrowser(async (browser) => {
    const person = await newPerson(browser, context);
    await action(person, browser);
    person.check();
  }, options);
}

/** A person with a session of their own. */
export async function newPerson(browser, context = {}) {
  const faults = [];
  const session = await browser.newContext({ viewport: { width: 1100, height: 800 }, ...context });
  session.setDefaultTimeout(PATIENCE);
  await session.exposeFunction('reportViolation', (text) => faults.push(`violation: ${text}`));
  await session.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) =>
      globalThis.reportViolation(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
  });
  const tab = await session.newPage();
  tab.on('pageerror', (error) => faults.push(error.stack));
  tab.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  tab.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      faults.push(message.text());
    }
  });
  const unanswered = new Set();
  tab.on('requestfinished', (request) => unanswered.delete(request));
  tab.on('requestfailed', (request) => unanswered.delete(request));
  tab.on('request', (request) => {
    unanswered.add(request);
    if (!request.url().startsWith(`${origin}/`)) {
      faults.push(`asked ${request.url()}`);
    }
    if (settings.operatorToken && decodeURIComponent(request.url()).includes(settings.operatorToken)) {
      faults.push('the credential is in a URL');
    }
  });
  return {
    tab,
    session,
    faults,
    check: () => assert.deepEqual(faults, []),
    open: async (fragment = '') => {
      await tab.goto('about:blank');
      await tab.goto(page + fragment);
    },
    signIn: async (token, fragment = '') => {
      await tab.goto('about:blank');
      await tab.goto(page + fragment);
      await tab.getByLabel('API key or operator token').fill(token);
      await tab.getByRole('button', { name: 'Sign in', exact: true }).click();
      await tab.getByRole('button', { name: 'Sign out' }).waitFor();
    },
    /**
     * Waits until the view with this heading has all its answers. A test that takes the credential away waits for that first: an
     * answer that comes later ends the session.
     */
    hasRead: async (heading) => {
      await tab.getByRole('heading', { name: heading, exact: true }).waitFor();
      // What a view shows may ask the API in turn, after the next frame.
      await tab.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => setTimeout(resolve)); }));
      await until('the view has its answers', () => unanswered.size === 0);
    },
    /** Types another address, and waits until the page has taken it: goto ends before the view is another one. */
    visit: (fragment) => tab.evaluate((typed) => new Promise((resolve) => {
      addEventListener('hashchange', () => setTimeout(resolve), { once: true });
      location.hash = typed;
    }), fragment),
    button: (name) => tab.getByRole('button', { name, exact: true }),
    link: (name) => tab.getByRole('link', { name, exact: true }),
    text: (text) => tab.getByText(text),
  };
}

export const projectOf = ({ slug }) => `#/organizations/${slug}/projects/pump-station`;
export const keyOf = (tenant, id) => `${projectOf(tenant)}/keys/${id}`;

/** Holds the answers of a method until `release` is called. `count` answers how many requests came. */
export async function hold(tab, pattern, method) {
  let release;
  const released = new Promise((resolve) => { release = resolve; });
  let came = 0;
  await tab.route(pattern, async (route) => {
    if (route.request().method() === method) {
      came++;
      await released;
    }
    await route.continue();
  });
  return { release, count: () => came };
}

/** Hears what the live regions say from now on that are in the page already. Answers a function: all that those of a role have said. */
export async function listen(tab) {
  const heard = await tab.evaluateHandle(() => {
    const said = [];
    for (const region of document.querySelectorAll('[role=status], [role=alert]')) {
      new MutationObserver(() => said.push({ role: region.getAttribute('role'), text: region.textContent }))
        .observe(region, { subtree: true, childList: true, characterData: true });
    }
    return said;
  });
  return (role) => heard.evaluate((said, of) => said.filter((one) => one.role === of).map(({ text }) => text), role);
}

/** Asks until the answer is true, as long as a step may take. */
export async function until(what, ask) {
  for (const end = Date.now() + PATIENCE; Date.now() < end;) {
    if (await ask()) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail(`never: ${what}`);
}
