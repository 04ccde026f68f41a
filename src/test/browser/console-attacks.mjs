// What goes wrong while people use the console, and what somebody could put into it: ConsoleBrowserIT runs these cases.
import assert from 'node:assert/strict';
import { runCase, settings } from './browser.mjs';
import { api, hold, keyOf, made, origin, projectOf, tenant, until, withPerson } from './console-person.mjs';

const UNAVAILABLE = {
  status: 503,
  headers: { 'Retry-After': '1' },
  json: { detail: 'Service temporarily unavailable' },
};

const credentialOf = (tab) => tab.evaluate(() => sessionStorage.getItem('countersign.credential'));

/** Types a name and presses a button as soon as the heading is another one: before the next frame, so that no effect has run yet. */
const actAtOnce = (tab, heading, name, button) => tab.evaluate((given) => {
  const observer = new MutationObserver(() => {
    if (document.querySelector('h1').textContent === given.heading) {
      observer.disconnect();
      const input = document.querySelector('section[aria-labelledby=settings] input');
      input.value = given.name;
      input.dispatchEvent(new Event('input', { bubbles: true }));
      [...document.querySelectorAll('button')].find(({ textContent }) => textContent === given.button).click();
    }
  });
  observer.observe(document.querySelector('#app'), { subtree: true, childList: true, characterData: true });
}, { heading, name, button });

await runCase({
  async reloadWhileUnavailable() {
    const acme = await tenant();
    await withPerson(async ({ tab, signIn, button, hasRead }) => {
      await signIn(acme.token, projectOf(acme));
      await tab.route('**/api/**', (route) => route.fulfill(UNAVAILABLE));
      await tab.reload();
      await tab.getByRole('alert').filter({ hasText: 'Service temporarily unavailable' }).waitFor();
      await tab.getByText('You are still signed in.').waitFor();
      assert.equal(await credentialOf(tab), acme.token);
      await button('Try again').click();
      assert.equal(await credentialOf(tab), acme.token);
      await tab.unroute('**/api/**');
      // Nobody presses anything: the console tries again by itself.
      await tab.getByRole('heading', { name: 'Pump Station' }).waitFor();
      assert.ok(tab.url().endsWith(projectOf(acme)));

      await tab.route('**/api/**', (route) => route.abort());
      await tab.reload();
      await tab.getByText('The service did not answer.').waitFor();
      await button('Sign out').click();
      await tab.getByLabel('API key or operator token').waitFor();
      assert.equal(await credentialOf(tab), null);
      await tab.unroute('**/api/**');

      await signIn(acme.token, projectOf(acme));
      await hasRead('Pump Station');
      await api('DELETE', `0/organizations/${acme.slug}/api-keys/${acme.tokenId}/`);
      await until('the API key is removed', async () => (await api('GET', '0/auth/', undefined, acme.token)).status === 401);
      await tab.reload();
      await tab.getByRole('alert').filter({ hasText: /Invalid|not/ }).waitFor();
      await tab.getByLabel('API key or operator token').waitFor();
      assert.equal(await credentialOf(tab), null);
    });
  },

  /** The page opens the only organization of a caller, but not once the person has chosen another address. */
  async addressDuringRedirect() {
    const acme = await tenant();
    await withPerson(async ({ session, tab, signIn }) => {
      // The address changes when the list is shown, before the page hears of either.
      await session.addInitScript(() => {
        const later = globalThis.setTimeout;
        globalThis.setTimeout = (callback, ...others) => later((...values) => {
          if (document.querySelector('ul.rows') && !globalThis.hasLeft) {
            globalThis.hasLeft = true;
            location.hash = '#/no/such/view';
          }
          callback(...values);
        }, ...others);
      });
      await signIn(acme.token, '#/');
      await until('the address has changed', () => tab.evaluate(() => globalThis.hasLeft === true));
      await tab.getByRole('heading', { name: 'There is no such view' }).waitFor();
    });
  },

  /** The first Escape is the page's to refuse, the second closes a dialog whatever the page says. */
  async escapeDuringCreate() {
    const acme = await tenant();
    const { id } = await made(acme.keys, { name: 'Old' });
    await withPerson(async ({ tab, signIn, button, open }) => {
      const dialog = tab.getByRole('dialog');
      const leave = async () => {
        await dialog.getByText('Waiting for the service').waitFor({ state: 'attached' });
        for (let i = 0; i < 3; i++) {
          await tab.keyboard.press('Escape');
        }
        await dialog.getByRole('button', { name: 'Cancel' }).click({ force: true });
        assert.equal(await dialog.count(), 1);
      };
      await signIn(acme.token, projectOf(acme));
      const create = await hold(tab, '**/keys/?*', 'POST');
      await button('Create key').click();
      await tab.getByLabel('Name').fill('New');
      await tab.getByLabel('Name').press('Enter');
      await leave();
      create.release();
      await dialog.getByRole('heading', { name: 'Client key created' }).waitFor();
      const [key] = (await api('GET', acme.keys)).body;
      assert.equal(key.name, 'New');
      assert.equal(await dialog.getByLabel('DSN for default').inputValue(), key.dsn.public);
      for (let i = 0; i < 3 && (await dialog.count()); i++) {
        await tab.keyboard.press('Escape');
      }
      await until('the dialog is closed', async () => (await dialog.count()) === 0);
      await button('Create key').click();
      await dialog.getByRole('heading', { name: 'Create a client key' }).waitFor();

      await open(keyOf(acme, id));
      const rotate = await hold(tab, '**/rotate/?*', 'POST');
      await button('Rotate…').click();
      await button('Rotate').click();
      await leave();
      rotate.release();
      await dialog.getByRole('heading', { name: 'Client key rotated' }).waitFor();
      const successor = (await api('GET', `${acme.keys}${id}/`)).body.replacedBy;
      assert.ok((await dialog.getByLabel('DSN for default').inputValue()).includes(successor));
    });
  },

  /** Answers take two seconds and longer, and a person does not wait for them. */
  async slowApi() {
    const acme = await tenant();
    await withPerson(async ({ tab, signIn, button, link }) => {
      await signIn(acme.token, `#/organizations/${acme.slug}`);
      await link('Pump Station').waitFor();
      const posts = [];
      let free = Promise.resolve();
      await tab.route('**/api/**', async (route) => {
        if (route.request().method() === 'POST') {
          posts.push(route.request().url());
        }
        await Promise.all([free, new Promise((resolve) => setTimeout(resolve, 2000))]);
        await route.continue().catch(() => {});
      });
      /** No answer comes before the action has ended. */
      const unanswered = async (action) => {
        let release;
        free = new Promise((resolve) => { release = resolve; });
        await action();
        release();
      };
      await unanswered(async () => {
        await link('Pump Station').click();
        await tab.getByText('Loading client keys…').waitFor();
        await link(acme.slug).click();
        await link('Usage').click();
        await link('Audit trail').click();
        await tab.getByText('Loading the audit trail…').waitFor();
      });
      await tab.locator('.entry').first().waitFor();
      assert.ok(tab.url().endsWith('/audit'));
      assert.equal(await tab.getByLabel('Show').count(), 1);

      await unanswered(async () => {
        await link('Projects').click();
        await tab.getByLabel('Search projects').fill('nothing');
        await tab.waitForURL((url) => url.hash.endsWith('?query=nothing'));
        await tab.getByLabel('Search projects').fill('pump');
        await tab.waitForURL((url) => url.hash.endsWith('?query=pump'));
      });
      await link('Pump Station').waitFor();
      assert.equal(await tab.getByText('No project matches').count(), 0);

      await link('Pump Station').click();
      await link('Default').waitFor();
      await button('Create key').click();
      await tab.getByLabel('Name').fill('Slow');
      await unanswered(async () => {
        await tab.getByLabel('Name').press('Enter');
        await tab.getByLabel('Name').press('Enter');
        await button('Create').click({ force: true });
      });
      await tab.getByRole('heading', { name: 'Client key created' }).waitFor();
      assert.equal(posts.length, 1);
    });
  },

  /** An answer that never comes. */
  async noAnswer() {
    const acme = await tenant();
    await withPerson(async ({ tab, signIn, button, link }) => {
      await tab.clock.install();
      await signIn(acme.token, projectOf(acme));
      await link('Default').waitFor();
      await tab.route('**/keys/?*', (route) => (route.request().method() === 'POST' ? undefined : route.continue()));
      await button('Create key').click();
      await tab.getByLabel('Name').fill('Once');
      await button('Create').click();
      await tab.getByText('Waiting for the service').waitFor({ state: 'attached' });
      await tab.clock.fastForward('01:01');
      await tab.getByRole('alert').filter({ hasText: 'The service did not answer within 60 seconds.' }).waitFor();
      await tab.unroute('**/keys/?*');
      await button('Create').click();
      await tab.getByRole('heading', { name: 'Client key created' }).waitFor();
      assert.equal((await api('GET', acme.keys)).body.filter(({ name }) => name === 'Once').length, 1);
    });
  },

  /** The view is read again after a change, and somebody acts as the answer comes. */
  async actsWhileTheViewIsReadAgain() {
    const acme = await tenant();
    const { id } = await made(acme.keys, { name: 'Checkout' });
    await withPerson(async ({ tab, signIn, button }) => {
      await signIn(acme.token, keyOf(acme, id));
      await tab.getByLabel('Name').fill('Renamed');
      await actAtOnce(tab, 'Renamed', 'Typed', 'Switch off');
      await button('Save changes').click();
      await tab.getByText('Off', { exact: true }).waitFor();
      assert.equal(await tab.getByLabel('Name').inputValue(), 'Typed');
      assert.equal(await tab.getByText('This changed since you opened it.').count(), 0);
      const { name, isActive } = (await api('GET', `${acme.keys}${id}/`)).body;
      assert.deepEqual({ name, isActive }, { name: 'Renamed', isActive: false });
    });
  },

  /** The answer to a change comes after the person went elsewhere. */
  async elsewhereBeforeTheAnswer() {
    const acme = await tenant();
    const { id } = await made(acme.keys, { name: 'Checkout' });
    const organization = `#/organizations/${acme.slug}`;
    await withPerson(async ({ tab, signIn, visit, button, link }) => {
      const stays = async (held, fragment) => {
        const answered = tab.waitForEvent('requestfinished', (request) => request.method() !== 'GET');
        held.release();
        await answered;
        await tab.waitForTimeout(500);
        assert.ok(tab.url().endsWith(fragment), tab.url());
      };
      await signIn(acme.token, `${organization}/usage`);
      await link('Projects').click();
      const create = await hold(tab, '**/projects/', 'POST');
      await button('Create project').click();
      await tab.getByLabel('Name', { exact: true }).fill('Second');
      await button('Create').click();
      await until('the create is sent', () => create.count() === 1);
      await tab.goBack();
      await tab.getByRole('heading', { name: 'Dead keys that still come' }).waitFor();
      await stays(create, `${organization}/usage`);
      await link('Projects').click();
      await link('Second').waitFor();

      await visit(`${organization}/audit`);
      await visit(keyOf(acme, id));
      const remove = await hold(tab, `**/keys/${id}/`, 'DELETE');
      await button('Remove…').click();
      await tab.getByRole('dialog').getByLabel('Name').fill('Checkout');
      await button('Remove key').click();
      await until('the removal is sent', () => remove.count() === 1);
      await tab.goBack();
      await tab.locator('.entry').first().waitFor();
      await stays(remove, `${organization}/audit`);
      assert.equal((await api('GET', `${acme.keys}${id}/`)).status, 404);
    });
  },

  /** A project of the same slug in another organization is another view. */
  async backToTheSameSlug() {
    const [acme, other] = [await tenant(), await tenant()];
    await withPerson(async ({ tab, signIn, visit, button, link }) => {
      await signIn(settings.operatorToken, projectOf(acme));
      await link('Default').waitFor();
      await visit(projectOf(other));
      await link('Default').waitFor();
      await button('Create key').click();
      await tab.getByRole('dialog').waitFor();
      await tab.goBack();
      await link(acme.slug).waitFor();
      assert.equal(await tab.getByRole('dialog').count(), 0);
    });
  },

  /** The field shows the words of the URL, and a timer that was set before the URL changed changes nothing. */
  async searchFollowsTheUrl() {
    const acme = await tenant();
    const organization = `#/organizations/${acme.slug}`;
    await withPerson(async ({ tab, signIn, visit, link }) => {
      const field = tab.getByLabel('Search projects');
      await signIn(acme.token, organization);
      await field.fill('nothing');
      await tab.getByText('No project matches').waitFor();
      await link('Projects').click();
      await link('Pump Station').waitFor();
      assert.equal(await field.inputValue(), '');
      await field.fill('late');
      await visit(`${organization}?query=pump`);
      await link('Pump Station').waitFor();
      assert.equal(await field.inputValue(), 'pump');
      await tab.waitForTimeout(500);
      assert.ok(tab.url().endsWith('?query=pump'), tab.url());
    });
  },

  async backAfterRemoval() {
    const acme = await tenant();
    const { id } = await made(acme.keys, { name: 'Gone' });
    await withPerson(async ({ tab, signIn, visit, button, link }) => {
      await signIn(acme.token, `#/organizations/${acme.slug}`);
      await link('Pump Station').click();
      await link('Gone').click();
      await button('Remove…').click();
      await tab.getByRole('dialog').getByLabel('Name').fill('Gone');
      await button('Remove key').click();
      await link('Default').waitFor();
      assert.equal(await link('Gone').count(), 0);
      // The view of the removed key is not in the history.
      for (const turn of ['goBack', 'goForward', 'goBack']) {
        await tab[turn]();
        await link('Default').waitFor();
        assert.equal(await tab.getByRole('dialog').count(), 0);
      }
      await tab.goBack();
      await link('Pump Station').waitFor();
      // A colleague opens the URL of the key that is gone.
      await visit(keyOf(acme, id));
      await tab.getByRole('alert').filter({ hasText: 'The requested resource does not exist' }).waitFor();
      assert.equal(await button('Remove…').count(), 0);
    });
  },

  /** Each tab has a session of its own. */
  async twoTabs() {
    const acme = await tenant();
    await withPerson(async ({ tab, session, signIn, button, link }) => {
      await signIn(acme.token, projectOf(acme));
      const other = await session.newPage();
      await other.goto(`${origin}/console/${projectOf(acme)}`);
      await other.getByLabel('API key or operator token').fill(acme.token);
      await other.getByLabel('API key or operator token').press('Enter');
      await other.getByRole('link', { name: 'Default', exact: true }).click();
      await other.getByRole('button', { name: 'Switch off', exact: true }).click();
      await other.getByText('Off', { exact: true }).waitFor();

      await link('Default').click();
      await tab.getByText('Off', { exact: true }).waitFor();
      await other.getByRole('button', { name: 'Switch on', exact: true }).click();
      await other.getByText('Active', { exact: true }).waitFor();
      await button('Switch on').click();
      await tab.getByText('This changed since you opened it.').waitFor();
      await button('Sign out').click();
      assert.equal(await credentialOf(tab), null);
      assert.equal(await credentialOf(other), acme.token);
      await other.reload();
      await other.getByRole('button', { name: 'Sign out' }).waitFor();
    });
  },

  async expiredDuringRemoval() {
    const acme = await tenant();
    const { id } = await made(acme.keys, { name: 'Checkout' });
    const { id: tokenId, key } = await made(`0/organizations/${acme.slug}/api-keys/`, {
      label: 'short', scope_list: ['project:admin', 'org:read'],
    });
    await withPerson(async ({ tab, signIn, button, link, hasRead }) => {
      await signIn(key, keyOf(acme, id));
      await hasRead('Checkout');
      await button('Remove…').click();
      await tab.getByRole('dialog').getByLabel('Name').fill('Checkout');
      await api('DELETE', `0/organizations/${acme.slug}/api-keys/${tokenId}/`);
      await until('the API key is removed', async () => (await api('GET', '0/auth/', undefined, key)).status === 401);
      await button('Remove key').click();
      await tab.getByText('What you typed is kept.').waitFor();
      assert.equal((await api('GET', `${acme.keys}${id}/`)).status, 200);
      await tab.getByLabel('API key or operator token').fill(acme.token);
      await button('Sign in').click();
      assert.equal(await tab.getByRole('dialog').getByLabel('Name').inputValue(), 'Checkout');
      await button('Remove key').click();
      await link('Default').waitFor();
      assert.equal((await api('GET', `${acme.keys}${id}/`)).status, 404);
    });
  },

  /** Each view shows names as texts, and stays as wide as the page. */
  async hostileViews() {
    const names = ['<img src=x onerror=alert(1)>', '"><script>alert(1)</script>', 'א\u202etxt.exe', 'W'.repeat(50), '</bdi></h1>{{7*7}}'];
    const acme = await tenant();
    const organization = `#/organizations/${acme.slug}`;
    await withPerson(async ({ tab, signIn, open, button, link }) => {
      const look = async (view) => {
        assert.equal(await tab.locator('#app img, #app iframe, #app script, #app object').count(), 0, view);
        for (const width of [1100, 360]) {
          await tab.setViewportSize({ width, height: 800 });
          assert.ok(await tab.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${view} at ${width}`);
        }
      };
      await signIn(acme.token, organization);
      for (const [i, name] of names.entries()) {
        await api('PUT', `0/organizations/${acme.slug}/`, { name });
        const { slug } = await made(`0/teams/${acme.slug}/core/projects/`, { name, slug: `hostile-${i}` });
        const keys = `0/projects/${acme.slug}/${slug}/keys/`;
        const { id } = await made(keys, { name });
        await made(`0/organizations/${acme.slug}/api-keys/`, { label: name, scope_list: ['project:read'] });
        const project = `${organization}/projects/${slug}`;

        const listed = () => until(`${name} is listed`, async () => (await tab.locator('.row-name').allTextContents()).includes(name));
        await open('#/');
        await tab.waitForURL((url) => url.hash === organization);
        await link('Countersign').click();
        await tab.getByRole('heading', { name: 'Organizations', exact: true }).waitFor();
        await listed();
        await look(`organizations of ${name}`);
        await open(organization);
        await listed();
        await until(`${name} is the heading`, async () => (await tab.locator('h1').textContent()) === name);
        await look(`projects of ${name}`);
        await tab.getByLabel('Search projects').fill(name);
        await look(`search for ${name}`);
        await open(project);
        await listed();
        await look(`keys of ${name}`);
        await open(`${project}/keys/${id}`);
        await button('Rotate…').click();
        await look(`rotating ${name}`);
        await tab.keyboard.press('Escape');
        await tab.getByLabel('Name').fill(`${name}!`);
        await api('PUT', `${keys}${id}/`, { name: `${name} of Bob`.slice(0, 64), rateLimit: { window: 60, count: 5 } });
        await button('Save changes').click();
        await tab.getByText('This changed since you opened it.').waitFor();
        await look(`changed ${name}`);
        await button('Remove…').click();
        await look(`removing ${name}`);
        await open(`${organization}/usage`);
        await tab.getByRole('list', { name: 'Usage of client keys' }).waitFor();
        await look(`usage of ${name}`);
        await open(`${organization}/audit`);
        await tab.locator('details summary').first().click();
        await look(`audit trail of ${name}`);
        // What a person types into a URL.
        for (const typed of [`${organization}/projects/${encodeURIComponent(name)}`, `${organization}?query=${encodeURIComponent(name)}`,
          `${organization}/audit?event=${encodeURIComponent(name)}&actor=${encodeURIComponent(name)}`,
          `${project}?show=${encodeURIComponent(name)}&cursor=${encodeURIComponent(name)}`, `#/${encodeURIComponent(name)}`]) {
          await open(typed);
          await tab.locator('h1').waitFor();
          await until('all is read', async () => (await tab.locator('.loading').count()) === 0);
          await look(typed);
        }
      }
    });
  },
});
