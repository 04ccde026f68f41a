// Every view of the console, as people see and hear it: ConsoleViewsIT runs these cases. With the setting `screenshots`, the
// folder of the pictures, they are made anew.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { require, runCase, settings } from './browser.mjs';
import { api, origin, until, withPerson } from './console-person.mjs';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const MAX_BYTES = 150 * 1024;

const organization = `#/organizations/${settings.organization}`;
const project = `${organization}/projects/checkout`;

/** The views: a name, the fragment, a text that says that all is there, and what the person does then. */
async function views() {
  const keys = (await api('GET', `0/projects/${settings.organization}/checkout/keys/`)).body;
  const key = `${project}/keys/${keys.find(({ name }) => name === 'Web').id}`;
  return [
    ['organizations', '#/', 'Acme Rockets'],
    ['projects', organization, 'Checkout'],
    ['no-match', `${organization}?query=nothing`, 'No project matches'],
    ['create-project', organization, 'Checkout', ({ button }) => button('Create project').click()],
    ['keys', project, 'Web'],
    ['create-key', project, 'Web', async ({ tab, button }) => {
      await button('Create key').click();
      await tab.getByLabel('Name').fill('iOS app');
      await tab.getByLabel('At most').check();
      await tab.getByLabel('Events').fill('1000');
    }],
    ['no-keys', `${organization}/projects/empty`, 'This project has no client key yet'],
    ['key', key, 'Save changes', ({ text }) => text('Accepted').first().waitFor()],
    ['rotate', key, 'Save changes', ({ button }) => button('Rotate…').click()],
    ['remove', key, 'Save changes', ({ button }) => button('Remove…').click()],
    ['changed', key, 'Save changes', async ({ tab, button }) => {
      await tab.getByLabel('Name').fill('Web shop');
      const target = `0/projects/${settings.organization}/checkout/keys/${keys.find(({ name }) => name === 'Web').id}/`;
      const { rateLimit } = (await api('GET', target)).body;
      await api('PUT', target, { rateLimit: { window: 3600, count: rateLimit?.count === 5000 ? 4000 : 5000 } });
      await button('Save changes').click();
      await tab.getByText('This changed since you opened it.').waitFor();
    }],
    ['usage', `${organization}/usage`, 'Android 4.1'],
    ['audit', `${organization}/audit`, 'added project telemetry', ({ tab }) => tab.locator('summary').first().click()],
    ['credential', organization, 'Checkout', ({ button }) => button('operator').click()],
    ['error', `${organization}/projects/nowhere`, 'Try again'],
    ['signed-out', key, 'Save changes', async ({ tab, text }) => {
      await tab.clock.fastForward('31:00');
      await text('Sign in again').waitFor();
    }],
  ];
}

/** The headings of each view, as a screen reader lists them: the level and the words. */
const HEADINGS = {
  'sign-in': ['1 Countersign'],
  organizations: ['1 Organizations'],
  projects: ['1 Acme Rockets', '2 Projects'],
  'no-match': ['1 Acme Rockets', '2 Projects'],
  'create-project': ['2 Create a project'],
  keys: ['1 Checkout'],
  'create-key': ['2 Create a client key'],
  'no-keys': ['1 Empty'],
  key: ['1 Web', '2 DSN', '2 Set up an app', '2 Usage', '2 Settings', '2 Rotate, switch off, remove', '3 Rotate', '3 Switch off', '3 Remove'],
  rotate: ['2 Rotate the key'],
  remove: ['2 Remove key'],
  usage: ['1 Acme Rockets', '2 Usage', '3 Events of the last 30 days', '3 Dead keys that still come'],
  audit: ['1 Acme Rockets', '2 Audit trail'],
  credential: ['2 Your credential', '3 It may use these scopes'],
  error: ['1 nowhere'],
  'signed-out': ['2 Sign in again'],
};
HEADINGS.changed = HEADINGS.key;

/** Roles whose nodes a screen reader names when it comes to them. */
const NAMED = [
  'button', 'link', 'textbox', 'searchbox', 'combobox', 'checkbox', 'radio', 'DateTime', 'DisclosureTriangle', 'image', 'img', 'region',
  'dialog', 'navigation', 'heading',
];

/** What is wrong with Chromium's accessibility tree of a view, which is what a screen reader gets. */
async function heard(tab, session, view) {
  const devtools = await session.newCDPSession(tab);
  const { nodes } = await devtools.send('Accessibility.getFullAXTree');
  await devtools.detach();
  const found = nodes.filter(({ ignored }) => !ignored).map(({ role, name, properties }) => ({
    role: role.value,
    name: (name?.value ?? '').trim(),
    level: properties?.find((property) => property.name === 'level')?.value.value,
  }));
  const headings = found.filter(({ role }) => role === 'heading').map(({ level, name }) => `${level} ${name}`);
  const places = found.filter(({ role }) => role === 'main' || role === 'dialog');
  const faults = found.filter(({ role, name }) => NAMED.includes(role) && name === '').map(({ role }) => `${view}: a ${role} without a name`);
  if (JSON.stringify(headings) !== JSON.stringify(HEADINGS[view])) {
    faults.push(`${view}: headings ${JSON.stringify(headings)}`);
  }
  if (places.length !== 1) {
    faults.push(`${view}: places ${JSON.stringify(places)}`);
  }
  return faults;
}

/** Looks at every view, and makes pictures of those that `pictured` chooses. */
async function look(options, name, pictured) {
  const faults = [];
  await withPerson(async (person) => {
    const { tab, session, open, signIn } = person;
    const seen = async (view) => {
      const wide = await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (wide > 0) {
        faults.push(`${view} is ${wide} pixels too wide`);
      }
      await tab.evaluate(AXE);
      const { violations, passes } = await tab.evaluate(() => globalThis.axe.run());
      assert.ok(passes.length > 10, `axe looked at ${view}`);
      faults.push(...violations.map(({ id, nodes }) => `${view}: ${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('\n')}`));
      faults.push(...await heard(tab, session, view));
      if (settings.screenshots && pictured?.(view)) {
        const fullPage = ['key', 'usage'].includes(view);
        await tab.evaluate(() => document.activeElement.scrollIntoView({ block: 'center' }));
        const path = join(settings.screenshots, `${name}${view}.png`);
        await tab.screenshot({ path, fullPage, animations: 'disabled' });
        spawnSync('pngquant', ['--force', '--skip-if-larger', '--strip', '--output', path, path]); // where it is installed
      }
    };
    await tab.clock.install();
    await open();
    await tab.getByLabel('API key or operator token').waitFor();
    await seen('sign-in');
    await signIn(settings.operatorToken);
    for (const [view, fragment, text, act] of await views()) {
      await open(fragment);
      if (view !== 'signed-out' || !(await tab.getByText('Sign in again').count())) {
        await tab.getByText(text, { exact: true }).first().waitFor();
      }
      await until('no loading', async () => (await tab.locator('.loading, [aria-busy]').count()) === 0);
      await act?.(person);
      await tab.clock.runFor(500);
      await seen(view);
    }
  }, options);
  assert.deepEqual(faults, []);
}

await runCase({
  light: () => look({ colorScheme: 'light' }, '', () => true),
  dark: () => look({ colorScheme: 'dark' }, 'dark-', (view) => ['keys', 'key', 'usage', 'sign-in'].includes(view)),
  phone: () => look({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }, 'phone-', (view) => ['keys', 'key'].includes(view)),
  largeText: () => look({ viewport: { width: 640, height: 400 }, deviceScaleFactor: 2, reducedMotion: 'reduce', forcedColors: 'active' }),

  /**
   * No test: prints how long a new Chromium takes from the navigation to the first paint and to the sign-in form, seven times. With
   * the setting `path`, such as `/`, which leads to the console in development mode, it begins there.
   */
  async firstPaint() {
    const paints = [];
    const forms = [];
    for (let i = 0; i < 7; i++) {
      await withPerson(async ({ tab }) => {
        await tab.goto(`${origin}${settings.path ?? '/console/'}`);
        await tab.getByLabel('API key or operator token').waitFor();
        const [paint, form] = await tab.evaluate(() => [
          performance.getEntriesByName('first-contentful-paint')[0].startTime, performance.now(),
        ]);
        paints.push(Math.round(paint));
        forms.push(Math.round(form));
      });
    }
    for (const [what, times] of [['first paint', paints], ['sign-in form', forms]]) {
      times.sort((one, other) => one - other);
      console.log(`${what}: median ${times[3]} ms of ${times.join(', ')}`);
    }
  },

  /** All that the browser loads for the console, compressed and with the headers, and that it loads it once. */
  async wire() {
    await withPerson(async ({ tab, session, open, signIn }) => {
      const network = await session.newCDPSession(tab);
      await network.send('Network.enable');
      let bytes = 0;
      const urls = new Map();
      network.on('Network.requestWillBeSent', ({ requestId, request }) => urls.set(requestId, request.url));
      network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
        if (urls.get(requestId)?.includes('/console/')) {
          bytes += encodedDataLength;
        }
      });
      await signIn(settings.operatorToken);
      await tab.getByText('Acme Rockets').first().waitFor();
      const first = bytes;
      assert.ok(first > 10_000 && first <= MAX_BYTES, `${first} bytes`);
      const paint = await tab.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0].startTime);
      await open();
      await tab.getByText('Acme Rockets').first().waitFor();
      console.log(`console: ${urls.size} requests, ${first} bytes the first time, ${bytes - first} the second; first paint after ${Math.round(paint)} ms`);
      assert.ok(bytes - first < 10_000, `${bytes - first} bytes the second time`);
    });
  },
});
