// The console in a browser: ConsoleBrowserIT runs these cases.
import assert from 'node:assert/strict';
import { runCase, settings } from './browser.mjs';
import { api, hold, keyOf, listen, made, newPerson, origin, projectOf, tenant, until, withPerson } from './console-person.mjs';

const storage = (tab, kind) => tab.evaluate((name) => JSON.stringify({ ...globalThis[name] }), kind);

await runCase({
  async credentials() {
    const acme = await tenant();
    await withPerson(async ({ tab, session, open, button }) => {
      await open(projectOf(acme));
      const field = tab.getByLabel('API key or operator token');
      for (const bad of ['cs_nobody-has-this-key', 'wörong 🙂', 'two words']) {
        await field.fill(bad);
        await button('Sign in').click();
        await tab.getByRole('alert').filter({ hasText: bad.startsWith('w') ? 'characters that none has' : /Invalid|not/ }).waitFor();
        assert.equal(await storage(tab, 'sessionStorage'), '{}');
      }
      await field.fill(acme.token);
      await field.press('Enter');
      await tab.getByRole('heading', { name: 'Pump Station' }).waitFor();
      assert.ok(tab.url().endsWith(projectOf(acme)));
      assert.ok((await storage(tab, 'sessionStorage')).includes(acme.token));
      assert.equal(await storage(tab, 'localStorage'), '{}');
      assert.deepEqual(await session.cookies(), []);

      await tab.reload();
      await tab.getByRole('heading', { name: 'Pump Station' }).waitFor();
      await button('Sign out').click();
      await field.waitFor();
      assert.equal(await storage(tab, 'sessionStorage'), '{}');
      assert.ok(!(await tab.content()).includes('Pump Station'));
    });
  },

  /** Only development mode serves a sample. Here the test stands for what development mode answers. */
  async sample() {
    const acme = await tenant();
    await withPerson(async ({ tab, open, button }) => {
      await open();
      await button('Sign in').waitFor();
      assert.equal(await button('Use the sample API key').count(), 0);
      await tab.route('**/console/', async (route) => {
        const response = await route.fetch();
        const html = await response.text();
        await route.fulfill({ response, body: html.replace('"countersign-sample" content="false"', '"countersign-sample" content="true"') });
      });
      let isThere = false;
      await tab.route('**/console/sample.json', (route) => route.fulfill(isThere ? { json: { apiKey: acme.token } } : { status: 404 }));
      await open();
      await button('Use the sample API key').click();
      await tab.getByText('The sample data are not there yet.').waitFor();
      isThere = true;
      // While one credential is tried, no other one is.
      const tried = await hold(tab, '**/api/0/**', 'GET');
      await tab.getByLabel('API key or operator token').fill('cs_wrong');
      await button('Sign in').click();
      await until('the wrong credential is tried', () => tried.count() === 2);
      await button('Use the sample API key').click({ force: true });
      tried.release();
      await tab.getByRole('alert').filter({ hasText: /Invalid|not/ }).waitFor();
      assert.equal(tried.count(), 2);
      await button('Use the sample API key').click();
      await tab.getByRole('heading', { name: `Tenant ${acme.slug}` }).waitFor();
      assert.ok(tab.url().endsWith(`#/organizations/${acme.slug}`));
    });
  },

  async createToCopy() {
    const acme = await tenant();
    await withPerson(async ({ tab, session, signIn, visit, button, link }) => {
      await session.grantPermissions(['clipboard-read', 'clipboard-write']);
      const clipboard = () => tab.evaluate(() => navigator.clipboard.readText());
      await signIn(acme.token);
      await link('Pump Station').click();
      await button('Create key').click();
      await tab.getByLabel('Name').fill('Checkout');
      await tab.getByLabel('At most').check();
      await tab.getByLabel('Events').fill('many');
      await button('Create').click();
      await tab.getByText('A valid integer is required.').waitFor();
      await tab.getByLabel('Events').fill('1000');
      await button('Create').click();
      await tab.getByRole('heading', { name: 'Client key created' }).waitFor();

      const [key] = (await api('GET', `${acme.keys}?expand=dsns`)).body;
      assert.equal(key.name, 'Checkout');
      assert.deepEqual(key.rateLimit, { window: 60, count: 1000 });
      for (const [host, { public: dsn }] of Object.entries(key.dsns)) {
        await button(`Copy DSN for ${host}`).click();
        await until(`${host} is copied`, async () => (await clipboard()) === dsn);
      }
      const dialog = tab.getByRole('dialog');
      const platforms = dialog.getByLabel('Platform');
      for (const platform of await platforms.locator('option').allTextContents()) {
        await platforms.selectOption(platform);
        await button(`Copy ${platform} snippet`).click();
        // The clipboard holds the snippet before until then, with the same DSN.
        const snippet = await dialog.locator('pre').innerText();
        assert.ok(snippet.includes(platform === 'Web page' ? key.dsn.cdn : key.dsn.public), snippet);
        await until(`${platform} is copied`, async () => (await clipboard()) === snippet);
      }
      assert.equal(await platforms.locator('option').count(), 11);
      await dialog.getByLabel('Ingest host').selectOption('inside');
      await dialog.getByText(`SENTRY_DSN: "${key.dsns.inside.public}"`).waitFor();

      await button('Done').click();
      await link('Checkout').waitFor();
      await button('Copy DSN of Checkout').click();
      await until('the row is copied', async () => (await clipboard()) === key.dsn.public);

      // Kubernetes allows no name that begins with a hyphen.
      for (const [slug, name] of [['_-_', 'sentry'], ['-Pump_2-', 'pump-2-sentry']]) {
        await made(`0/teams/${acme.slug}/core/projects/`, { name: 'Odd slug', slug: slug.toLowerCase() });
        await visit(`#/organizations/${acme.slug}/projects/${slug.toLowerCase()}`);
        await link('Default').click();
        await tab.getByLabel('Platform').selectOption('Kubernetes Secret');
        await tab.getByText(`name: ${name}`).waitFor();
      }
    });
  },

  /** What a screen reader says without being asked: live regions are in the page before their words are. */
  async announcements() {
    const acme = await tenant();
    const { id } = await made(acme.keys, { name: 'Checkout' });
    await withPerson(async ({ tab, session, signIn, button, open }) => {
      await session.grantPermissions(['clipboard-read', 'clipboard-write']);
      const says = async (role, scope, text, act) => {
        const regions = scope.getByRole(role);
        await until(`${role} is there`, async () => (await regions.count()) > 0);
        assert.equal(await regions.filter({ hasText: text }).count(), 0, `${text} is not said before`);
        const heard = await listen(tab);
        await act();
        await until(`${text} is said by a region that was there`, async () => (await heard(role)).some((said) => said.includes(text)));
      };
      await signIn(acme.token, projectOf(acme));
      await button('Copy DSN of Checkout').waitFor();
      await says('status', tab, 'DSN of Checkout: Copied', () => button('Copy DSN of Checkout').click());
      await button('Create key').click();
      const dialog = tab.getByRole('dialog', { name: 'Create a client key' });
      await dialog.getByLabel('At most').check();
      await dialog.getByLabel('Events').fill('many');
      await says('status', dialog, 'Waiting for the service', () => button('Create').click());
      await tab.getByText('A valid integer is required.').waitFor();
      await dialog.getByLabel('Events').fill('5');
      await button('Create').click();
      // A dialog that opens says its name, since the focus moves into it.
      const created = tab.getByRole('dialog', { name: 'Client key created' });
      await created.waitFor();
      assert.ok(await created.evaluate((element) => element.contains(document.activeElement)));
      await says('status', created, 'DSN for default: Copied', () => button('Copy DSN for default').click());
      await button('Done').click();

      await open(keyOf(acme, id));
      await tab.getByLabel('Name').fill('Checkout web');
      await says('status', tab, 'Saved', () => button('Save changes').click());
      await tab.getByLabel('Name').fill('Checkout');
      await api('PUT', `${acme.keys}${id}/`, { rateLimit: { window: 60, count: 9 } });
      await says('alert', tab, 'This changed since you opened it.', () => button('Save changes').click());
      await tab.route('**/api/**', (route) => route.fulfill({ status: 503, json: { detail: 'Service temporarily unavailable' } }));
      await says('alert', tab, 'Service temporarily unavailable', () => button('Save changes').click());
    });
  },

  async fromNothing() {
    const name = `New ${Math.random().toString(36).slice(2)}`;
    await withPerson(async ({ tab, signIn, button, link }) => {
      await signIn(settings.operatorToken);
      await button('Create organization').click();
      await tab.getByLabel('Name').fill('');
      await button('Create').click();
      await tab.getByText('This field may not be blank.').waitFor();
      await tab.getByLabel('Name').fill(name);
      await button('Create').click();
      await tab.getByRole('heading', { name }).waitFor();
      await tab.getByText('No project yet').waitFor();
      assert.equal(await button('Create project').count(), 1);
      await button('Create project').click();
      await tab.getByLabel('Name').fill('First project');
      await button('Create').click();
      await tab.getByRole('heading', { name: 'First project' }).waitFor();
      await link('Default').click();
      await button('Remove…').click();
      await tab.getByRole('dialog').getByLabel('Name').fill('Default');
      await button('Remove key').click();
      await tab.getByText('This project has no client key yet').waitFor();
      assert.equal(await button('Create key').count(), 1);
      await link(name.toLowerCase().replaceAll(' ', '-')).click();
      await link('First project').waitFor();
      await tab.getByLabel('Search projects').fill('nothing');
      await tab.getByText('No project matches').waitFor();
      await tab.getByLabel('Search projects').fill('firs');
      await link('First project').waitFor();
    });
  },

  /** http and another name than localhost: the page has no clipboard. */
  async copyWithoutSecureContext() {
    const acme = await tenant();
    await withPerson(async ({ tab, signIn, link, button }) => {
      await signIn(acme.token);
      assert.equal(await tab.evaluate(() => isSecureContext), false);
      await link('Pump Station').click();
      await button('Create key').click();
      await button('Create').click();
      await button('Copy DSN for default').waitFor();
      const heard = await listen(tab);
      await button('Copy DSN for default').click();
      const dsn = await tab.getByLabel('DSN for default').inputValue();
      assert.equal(await tab.evaluate(() => getSelection().toString()), dsn);
      await until('what was done is said', async () => (await heard('status')).some((said) => /Copied|Selected/.test(said)));
    }, { browser: [`--host-resolver-rules=MAP ${settings.host} 127.0.0.1`] });
  },

  async changes() {
    const acme = await tenant();
    const { id } = await made(acme.keys, { name: 'Checkout' });
    await withPerson(async ({ tab, signIn, button }) => {
      const sent = [];
      tab.on('request', (request) => request.method() === 'PUT' && sent.push(JSON.parse(request.postData())));
      await signIn(acme.token, keyOf(acme, id));
      const saved = tab.getByText('Saved', { exact: true });
      await tab.getByLabel('Name').fill('Checkout web');
      await tab.getByLabel('Name').press('Enter');
      await saved.waitFor();
      await tab.getByRole('heading', { name: 'Checkout web' }).waitFor();
      assert.equal(await tab.evaluate(() => document.activeElement.tagName), 'INPUT');
      await tab.getByLabel('At most').check();
      await tab.getByLabel('Events').fill('5');
      await tab.getByLabel('Window').selectOption('3600');
      await button('Save changes').click();
      await tab.getByText('Saved', { exact: true }).waitFor();
      await tab.getByLabel('Expires').fill('2099-01-31T12:00');
      await button('Save changes').click();
      await tab.getByText(/^Expires 31 Jan 2099/).waitFor();
      await button('Switch off').click();
      await tab.getByText('Off', { exact: true }).waitFor();
      await button('Switch on').click();
      await tab.getByText('Active', { exact: true }).waitFor();
      await tab.getByLabel('Expires').fill('20271-05-01T10:00');
      await button('Undo my edits').click();
      assert.equal(await tab.getByLabel('Expires').inputValue(), '2099-01-31T12:00');
      assert.deepEqual(sent, [
        { name: 'Checkout web' },
        { rateLimit: { count: 5, window: 3600 } },
        { dateExpires: new Date('2099-01-31T12:00').toISOString() },
        { isActive: false },
        { isActive: true },
      ]);
    });
  },

  async rotation() {
    const acme = await tenant();
    const { id } = await made(acme.keys, { name: 'Checkout', rateLimit: { window: 60, count: 7 } });
    await withPerson(async ({ tab, signIn, button, link }) => {
      await signIn(acme.token, keyOf(acme, id));
      await button('Rotate…').click();
      await tab.getByLabel('When the old key ends').selectOption('7d');
      await button('Rotate').click();
      await tab.getByRole('heading', { name: 'Client key rotated' }).waitFor();
      const old = (await api('GET', `${acme.keys}${id}/`)).body;
      const successor = (await api('GET', `${acme.keys}${old.replacedBy}/`)).body;
      assert.equal(await tab.getByLabel('DSN for default').last().inputValue(), successor.dsn.public);
      await button('Done').click();
      await tab.getByText('Replaced', { exact: true }).waitFor();
      await button('Rotate…').and(tab.locator(':disabled')).waitFor();
      await link(old.replacedBy).click();
      await tab.getByText(successor.dsn.public).first().waitFor();
    });
  },

  async removal() {
    const acme = await tenant();
    const { id } = await made(acme.keys, { name: 'Checkout' });
    await withPerson(async ({ tab, signIn, button, link }) => {
      await signIn(acme.token, keyOf(acme, id));
      await button('Remove…').click();
      const field = tab.getByRole('dialog').getByLabel('Name');
      await field.fill('checkout');
      await field.press('Enter');
      assert.ok(await button('Remove key').isDisabled());
      assert.equal((await api('GET', `${acme.keys}${id}/`)).status, 200);
      await field.fill('Checkout');
      await button('Remove key').click();
      await link('Default').waitFor();
      assert.equal(await link('Checkout').count(), 0);
      assert.equal((await api('GET', `${acme.keys}${id}/`)).status, 404);
    });
  },

  /** Somebody else changes the key in another tab. */
  async twoPeople() {
    const acme = await tenant();
    const { id } = await made(acme.keys, { name: 'Checkout' });
    await withPerson(async ({ tab, signIn, button }, browser) => {
      await signIn(acme.token, keyOf(acme, id));
      await tab.getByLabel('Name').fill('Checkout of Ann');

      const bob = await newPerson(browser);
      await bob.signIn(acme.token, keyOf(acme, id));
      await bob.tab.getByLabel('At most').check();
      await bob.tab.getByLabel('Events').fill('9');
      await bob.button('Save changes').click();
      await bob.tab.getByText('Saved', { exact: true }).waitFor();
      bob.check();

      await button('Save changes').click();
      await tab.getByText('This changed since you opened it.').waitFor();
      const differences = await tab.locator('.differences').innerText();
      assert.match(differences, /Rate limit\s+No limit\s+→\s+9 events per minute/);
      assert.equal(await tab.getByLabel('Events', { exact: true }).inputValue(), '9');
      const stored = async () => (await api('GET', `${acme.keys}${id}/`)).body;
      assert.equal((await stored()).name, 'Checkout');
      await button('Save changes').click();
      await tab.getByText('Saved', { exact: true }).waitFor();
      const { name, rateLimit } = await stored();
      assert.deepEqual({ name, rateLimit }, { name: 'Checkout of Ann', rateLimit: { window: 60, count: 9 } });
      // The view has been read again, so that the next change is one that Ann has not seen.
      await tab.getByRole('heading', { name: 'Checkout of Ann' }).waitFor();

      await api('PUT', `${acme.keys}${id}/`, { isActive: false });
      await button('Remove…').click();
      await tab.getByRole('dialog').getByLabel('Name').fill('Checkout of Ann');
      await button('Remove key').click();
      await tab.getByRole('dialog').getByText('This changed since you opened it.').waitFor();
      assert.equal((await api('GET', `${acme.keys}${id}/`)).status, 200);
      await button('Remove key').click();
      await tab.getByRole('heading', { name: 'Pump Station' }).waitFor();
      assert.equal((await api('GET', `${acme.keys}${id}/`)).status, 404);
    });
  },

  async expiredCredential() {
    const acme = await tenant();
    const { id, key } = await made(`0/organizations/${acme.slug}/api-keys/`, {
      label: 'short', scope_list: ['project:admin', 'org:read'],
    });
    await withPerson(async ({ tab, signIn, button, link, hasRead }) => {
      await signIn(key, projectOf(acme));
      await hasRead('Pump Station');
      await button('Create key').click();
      await tab.getByLabel('Name').fill('Checkout');
      await api('PUT', `0/organizations/${acme.slug}/api-keys/${id}/`, { dateExpires: new Date(Date.now() + 1500).toISOString() });
      await until('the key has expired', async () => (await api('GET', '0/auth/', undefined, key)).status === 401);
      await button('Create').click();
      await tab.getByText('What you typed is kept.').waitFor();
      assert.equal(await storage(tab, 'sessionStorage'), '{}');
      assert.equal(await link('Default').count(), 0);

      await tab.getByLabel('API key or operator token').fill('cs_wrong');
      await button('Sign in').click();
      await tab.getByText('Invalid', { exact: false }).waitFor();
      await tab.getByLabel('API key or operator token').fill(acme.token);
      await button('Sign in').click();
      assert.equal(await tab.getByLabel('Name').inputValue(), 'Checkout');
      await button('Create').click();
      await tab.getByRole('heading', { name: 'Client key created' }).waitFor();
      await button('Done').click();
      await link('Checkout').waitFor();
    });
  },

  /** Somebody else signs in, in the tab of a session that ended. */
  async otherPerson() {
    const [acme, other] = [await tenant(), await tenant()];
    await withPerson(async ({ tab, signIn, button, link, hasRead }) => {
      await signIn(acme.token, projectOf(acme));
      await hasRead('Pump Station');
      await link('Default').waitFor();
      await api('DELETE', `0/organizations/${acme.slug}/api-keys/${acme.tokenId}/`);
      await until('the API key is removed', async () => (await api('GET', '0/auth/', undefined, acme.token)).status === 401);
      await button('Create key').click();
      await button('Create').click();
      await tab.getByText('What you typed is kept.').waitFor();
      await tab.getByLabel('API key or operator token').fill(other.token);
      await button('Sign in').click();
      await until('the keys are gone', async () => (await tab.locator('.row-name').count()) === 0);
    });
  },

  async idle() {
    const acme = await tenant();
    await withPerson(async ({ tab, signIn, button }) => {
      await tab.clock.install();
      await signIn(acme.token, projectOf(acme));
      await tab.clock.fastForward('29:00');
      await tab.mouse.click(5, 300);
      await tab.clock.fastForward('29:00');
      assert.ok((await storage(tab, 'sessionStorage')).includes(acme.token));
      await tab.clock.fastForward('02:00');
      await tab.getByText('You were signed out after 30 minutes without activity.').waitFor();
      assert.equal(await storage(tab, 'sessionStorage'), '{}');
      for (let i = 0; i < 3; i++) {
        await tab.keyboard.press('Escape');
      }
      await tab.getByLabel('API key or operator token').fill(acme.token);
      await button('Sign in').click();
      await button('Create key').waitFor();
    });
  },

  /** ConsoleBrowserIT has stored the keys. */
  async tenThousandKeys() {
    await withPerson(async ({ tab, signIn, link }) => {
      const asked = [];
      tab.on('request', (request) => request.url().includes('/keys/?') && asked.push(request.url()));
      await signIn(settings.operatorToken, `#/organizations/${settings.large}/projects/pump`);
      const rows = tab.locator('.row-name');
      await until('fifty keys', async () => (await rows.count()) === 50);
      const first = await rows.allTextContents();
      await link('Next').click();
      await until('the next fifty', async () => (await rows.count()) === 50 && !(await rows.allTextContents()).includes(first[0]));
      await tab.reload();
      await until('the same page', async () => (await rows.count()) === 50);
      assert.ok(!(await rows.allTextContents()).includes(first[0]));
      await link('Previous').click();
      await until('the first fifty', async () => (await rows.allTextContents()).includes(first[0]));
      assert.deepEqual(await rows.allTextContents(), first);
      assert.ok(asked.every((url) => /per_page=(50|1)(&|$)/.test(url)));
      await tab.getByLabel('Show').selectOption('unlimited');
      await until('the first of all', async () => (await rows.count()) === 50);
    });
  },

  async hostileNames() {
    const acme = await tenant();
    const names = [
      '<img src=x onerror=alert(1)>', '"><script>alert(1)</script>', "'; alert(1); '", '{{7*7}} ${7*7}', 'א‮txt.exe', 'مفتاح الويب',
      'zero​width', '👩‍🚀🏳️‍🌈 key', 'x'.repeat(64), '%00%2e%2e%2f', 'javascript:alert(1)',
      'vari\ufe00ant\u2800', '\u2764\ufe0f 1\ufe0f\u20e3',
    ];
    const { slug } = await made(`0/teams/${acme.slug}/core/projects/`, { name: names[0], slug: 'hostile' });
    const ids = [];
    for (const name of names) {
      ids.push((await made(`0/projects/${acme.slug}/${slug}/keys/`, { name })).id);
    }
    await api('PUT', `0/organizations/${acme.slug}/`, { name: names[1] });
    await withPerson(async ({ tab, signIn, visit, button, link }) => {
      await signIn(acme.token, `#/organizations/${acme.slug}`);
      await tab.getByRole('heading', { name: names[1] }).waitFor();
      await link(names[0]).click();
      await tab.getByRole('heading', { name: names[0] }).waitFor();
      for (const [i, name] of names.entries()) {
        const row = tab.locator(`a.row-name[href$="${ids[i]}"]`);
        assert.equal(await row.textContent(), name);
      }
      for (const width of [1100, 360]) {
        await tab.setViewportSize({ width, height: 800 });
        assert.ok(await tab.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `overflow at ${width}`);
      }
      for (const [i, shown] of [[4, 'א[U+202E]txt.exe'], [6, 'zero[U+200B]width'], [7, names[7]], [5, names[5]],
        [11, 'vari[U+FE00]ant[U+2800]'], [12, names[12]]]) {
        await visit(`#/organizations/${acme.slug}/projects/hostile/keys/${ids[i]}`);
        await button('Remove…').click();
        assert.equal(await tab.locator('.typed-name').innerText(), shown);
        await tab.getByRole('dialog').getByLabel('Name').fill(shown);
        await button('Remove key').click();
        await tab.getByRole('heading', { name: names[0] }).waitFor();
        assert.equal((await api('GET', `0/projects/${acme.slug}/hostile/keys/${ids[i]}/`)).status, 404);
      }
      await visit(`#/organizations/${acme.slug}/audit`);
      await tab.getByText('projectkey.remove').nth(1).waitFor();
      await tab.locator('details summary').first().click();
      assert.equal(await tab.locator('img, iframe, main script').count(), 0);
    });
  },

  async scopes() {
    const acme = await tenant(['project:read', 'org:read']);
    const [{ id }] = (await api('GET', acme.keys)).body;
    const { key: writer } = await made(`0/organizations/${acme.slug}/api-keys/`, { label: 'w', scope_list: ['project:write'] });
    await withPerson(async ({ tab, signIn, button, link }) => {
      await signIn(acme.token, keyOf(acme, id));
      await tab.getByText('You cannot change this key: this credential lacks the scope project:write.').waitFor();
      for (const name of ['Save changes', 'Rotate…', 'Switch off', 'Remove…']) {
        assert.equal(await button(name).count(), 0, name);
      }
      await link(acme.slug).click();
      await tab.getByText('You cannot see “Audit trail”: this credential lacks the scope org:write.').waitFor();
      assert.equal(await link('Audit trail').count(), 0);
      assert.equal(await button('Create project').count(), 0);
      await button(`api-key:${acme.tokenId}`).click();
      assert.deepEqual(await tab.getByRole('dialog').locator('li').allTextContents(), ['org:read', 'project:read']);
      await button('Close').click();
      await button('Sign out').click();

      await signIn(writer, keyOf(acme, id));
      await tab.getByText('You cannot remove this key: this credential lacks the scope project:admin.').waitFor();
      await button('Switch off').waitFor();
      assert.equal(await button('Remove…').count(), 0);
    });
  },

  async errors() {
    const acme = await tenant();
    await withPerson(async ({ tab, signIn, button }) => {
      await signIn(acme.token, `#/organizations/${acme.slug}/projects/nowhere`);
      await tab.getByText('The requested resource does not exist').first().waitFor();
      assert.equal(await button('Create key').count(), 0);
      for (const nowhere of ['#/no/such/view', `#/organizations/${acme.slug}/projects/pump-station/keys/..`, '#/organizations/%2e%2e']) {
        await tab.goto(`${origin}/console/#/`);
        await tab.getByRole('heading', { name: /Organizations|Tenant/ }).waitFor();
        await tab.goto(`${origin}/console/${nowhere}`);
        await tab.getByRole('heading', { name: 'There is no such view' }).waitFor();
      }

      await tab.goto(`${origin}/console/${projectOf(acme)}`);
      await button('Create key').click();
      await tab.getByLabel('Name').fill('Once');
      const keys = [];
      let lost = true;
      await tab.route('**/keys/?*', async (route) => {
        if (route.request().method() !== 'POST') {
          return route.continue();
        }
        keys.push(route.request().headers()['idempotency-key']);
        const answer = await route.fetch();
        const abort = lost;
        lost = false;
        return abort ? route.abort() : route.fulfill({ response: answer });
      });
      await button('Create').click();
      await tab.getByText('The service did not answer.').waitFor();
      await button('Create').click();
      await tab.getByRole('heading', { name: 'Client key created' }).waitFor();
      assert.equal(keys[0], keys[1]);
      assert.equal((await api('GET', acme.keys)).body.filter(({ name }) => name === 'Once').length, 1);
    });
  },

  /** SampleOrganization has stored the usage. */
  async marks() {
    const acme = `#/organizations/${settings.organization}`;
    await withPerson(async ({ tab, signIn, open, link }) => {
      const marks = (name) => tab.locator('li.row').filter({ has: link(name) }).locator('.badge').allTextContents();
      await signIn(settings.operatorToken, `${acme}/projects/checkout`);
      await link('Kiosk').waitFor();
      await until('unused keys are marked', async () => (await marks('Kiosk')).includes('Unused'));
      assert.deepEqual(await marks('Kiosk'), ['Active', 'No limit', 'Unused']);
      assert.deepEqual(await marks('Worker'), ['Off', 'Unused']);
      assert.deepEqual(await marks('Web'), ['Active']);
      const names = async () => (await tab.locator('.row-name').allTextContents()).sort().join();
      await tab.getByLabel('Show').selectOption('unused');
      await until('only unused keys', async () => (await names()) === 'Kiosk,Worker');
      await tab.getByLabel('Show').selectOption('unlimited');
      await until('only keys without a limit', async () => (await names()) === 'Kiosk');

      await open(`${acme}/usage`);
      const sums = tab.locator('li.row').filter({ has: link('Web') }).getByRole('img');
      await sums.waitFor();
      const words = await sums.getAttribute('aria-label');
      assert.match(words, /^accepted [1-9][\d,]+, limited [1-9][\d,]+, rejected [1-9][\d,]+$/);
      await tab.locator('li.row').filter({ hasText: 'Android 4.1' }).getByText('1.2M').waitFor();
      await link('Web').click();
      // The list and the chart of the key show the same 30 days.
      await tab.getByRole('img', { name: `Usage: ${words}`, exact: true }).waitFor();
      await tab.getByText('Numbers', { exact: true }).click();
      assert.ok([30, 31].includes(await tab.locator('.chart tbody tr').count()));
      await tab.getByLabel('Time').selectOption('Last 24 hours');
      // The hour may have changed since the events were stored: the current one has none then.
      await until('24 hours', async () => [23, 24].includes(await tab.locator('.chart tbody tr').count()));
      await tab.getByLabel('Time').selectOption('Last 90 days');
      await until('more than 31 days', async () => (await tab.locator('.chart tbody tr').count()) > 31);

      await open(`${acme}/audit`);
      await tab.getByLabel('Show').selectOption('projectkey.remove');
      const events = tab.locator('.entry .badge');
      await until('only removals', async () => [...new Set(await events.allTextContents())].join() === 'projectkey.remove');
      await tab.locator('summary').first().click();
      await tab.getByText('Android 4.1').waitFor();
    });
  },

  async keyboard() {
    const acme = await tenant();
    await withPerson(async ({ tab, session, open, button }) => {
      await session.grantPermissions(['clipboard-read', 'clipboard-write']);
      const focused = () => tab.evaluate(() => document.activeElement.textContent.trim() || document.activeElement.labels?.[0]?.textContent);
      const tabTo = async (name) => {
        for (let i = 0; i < 40; i++) {
          if ((await focused())?.includes(name)) {
            return;
          }
          await tab.keyboard.press('Tab');
        }
        assert.fail(`Tab never reaches ${name}`);
      };
      await open(projectOf(acme));
      await tabTo('API key or operator token');
      await tab.keyboard.type(acme.token);
      await tab.keyboard.press('Enter');
      await tab.getByRole('heading', { name: 'Pump Station' }).waitFor();
      await until('the heading has the focus', async () => (await focused()) === 'Pump Station');
      await tabTo('Create key');
      await tab.keyboard.press('Enter');
      await tab.getByRole('dialog').waitFor();
      await tab.keyboard.press('Escape');
      await until('the dialog is closed', async () => (await tab.getByRole('dialog').count()) === 0);
      assert.equal(await focused(), 'Create key');
      await tab.keyboard.press('Enter');
      await tabTo('Name');
      await tab.keyboard.type('By keyboard');
      await tab.keyboard.press('Enter');
      await tab.getByRole('heading', { name: 'Client key created' }).waitFor();
      await tabTo('Copy DSN for default');
      await tab.keyboard.press('Space');
      const [key] = (await api('GET', acme.keys)).body;
      await until('the DSN is copied', async () => (await tab.evaluate(() => navigator.clipboard.readText())) === key.dsn.public);
      await tabTo('Open the key');
      await tab.keyboard.press('Enter');
      await tab.getByRole('heading', { name: 'By keyboard' }).waitFor();
      await tabTo('Remove…');
      await tab.keyboard.press('Enter');
      await tabTo('Name');
      await tab.keyboard.type('By keyboard');
      await tab.keyboard.press('Enter');
      await tab.getByRole('heading', { name: 'Pump Station' }).waitFor();
      assert.equal((await api('GET', `${acme.keys}${key.id}/`)).status, 404);
      assert.equal(await button('Create key').count(), 1);
    });
  },
});
