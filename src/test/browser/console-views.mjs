// Every view of the console, as people see it: ConsoleBrowserIT runs these cases. With the setting `screenshots`, the folder of
// the pictures, they are made anew.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { require, runCase, settings } from './browser.mjs';
import { api, until, withPerson } from './console-person.mjs';

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

/** Looks at every view, and makes pictures of those that `pictured` chooses. */
async function look(options, name, pictured) {
  const faults = [];
  await withPerson(async (person) => {
    const { tab, open, signIn } = person;
    const seen = async (view) => {
      const wide = await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (wide > 0) {
        faults.push(`${view} is ${wide} pixels too wide`);
      }
      await tab.evaluate(AXE);
      const { violations, passes } = await tab.evaluate(() => globalThis.axe.run());
      assert.ok(passes.length > 10, `axe looked at ${view}`);
      faults.push(...violations.map(({ id, nodes }) => `${view}: ${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('\n')}`));
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
