// The JavaScript loader in Chromium: LoaderBrowserIT. One server of this script is the page's site, the store that takes events,
// and the proxy before the service, each under another host name or path.
import assert from 'node:assert/strict';
import http from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { PATIENCE, runCase, settings, withBrowser } from './browser.mjs';

const { port, servicePort, key, project, keyPath, token } = settings;
const SITE = `http://127.0.0.1:${port}`;
const STORE = `http://localhost:${port}`;
const LOADER = `${STORE}/js-sdk-loader/${key}.min.js`;
const QUIET = 700;

/** Answers pages, passes loaders and files of the SDK on to the service, and keeps what arrives. */
class Site {
  pages = {};
  events = [];
  requested = [];
  sdkDelay = 0;
  sdkRefused = false;

  async start() {
    this.server = http.createServer((request, response) => this.answer(request, response));
    await new Promise((resolve) => this.server.listen(port, '127.0.0.1', resolve));
  }

  stop() {
    this.server.closeAllConnections();
    this.server.close();
  }

  async answer(request, response) {
    const path = request.url;
    const page = this.pages[path];
    if (page !== undefined) {
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', ...(page.headers ?? {}) });
      response.end(page.html ?? page);
    } else if (path.startsWith('/js-sdk')) {
      this.requested.push(path);
      const isSdk = path.startsWith('/js-sdk/');
      if (isSdk && this.sdkRefused) {
        request.destroy();
        return;
      }
      setTimeout(() => this.pass(request, response), isSdk ? this.sdkDelay : 0);
    } else if (path.startsWith('/api/')) {
      await this.store(request, response);
    } else {
      response.writeHead(404).end();
    }
  }

  pass(request, response) {
    const passed = http.request(
      { port: servicePort, path: request.url, method: request.method, headers: request.headers },
      (answer) => {
        response.writeHead(answer.statusCode, answer.headers);
        answer.pipe(response);
      },
    );
    passed.on('error', () => response.destroy());
    request.pipe(passed);
  }

  async store(request, response) {
    const chunks = [];
    for await (const chunk of request) {
      chunks.push(chunk);
    }
    response.writeHead(200, { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': '*' }).end('{}');
    if (request.method !== 'POST') {
      return;
    }
    const url = new URL(request.url, STORE);
    const encoded = Buffer.concat(chunks);
    const encoding = request.headers['content-encoding'];
    const body = encoding === 'gzip' ? gunzipSync(encoded) : encoding === 'br' ? brotliDecompressSync(encoded) : encoded;
    const [, ...lines] = body.toString('utf8').split('\n');
    for (let i = 0; i + 1 < lines.length; i += 2) {
      const { type } = JSON.parse(lines[i] || '{}');
      if (type === 'event') {
        this.events.push({
          key: url.searchParams.get('sentry_key'),
          project: url.pathname.split('/')[2],
          ...JSON.parse(lines[i + 1]),
        });
      }
    }
  }

  sdkRequests() {
    return this.requested.filter((path) => path.startsWith('/js-sdk/'));
  }

  /** What the events that have arrived say, once there are as many as expected and no more come, in the order of the SDK. */
  async texts(count) {
    await until(() => this.events.length >= count);
    await pause(QUIET);
    // Each event is sent on a connection of its own, so that a later one may arrive first. It names the earlier ones.
    const before = (event) => event.breadcrumbs?.length ?? 0;
    this.events.sort((one, other) => one.timestamp - other.timestamp || before(one) - before(other));
    return this.events.map((event) => event.exception?.values?.[0]?.value ?? event.message);
  }
}

const pause = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

async function until(holds) {
  for (const end = Date.now() + PATIENCE; Date.now() < end; ) {
    if (await holds()) {
      return;
    }
    await pause(20);
  }
}

/** Opens a page with a body in a new context of the browser. */
async function withPage(html, action, options = {}) {
  const site = new Site();
  Object.assign(site, options.site ?? {});
  site.pages['/'] = { html: `<!doctype html><title>page</title>${html}`, headers: options.headers };
  await site.start();
  try {
    await withBrowser(async (browser) => {
      const page = await (await browser.newContext()).newPage();
      page.setDefaultTimeout(PATIENCE);
      const messages = [];
      const errors = [];
      page.on('console', (message) => messages.push(message.text()));
      page.on('pageerror', (error) => errors.push(error.message));
      await page.goto(`${SITE}/`);
      await action(page, site, browser, messages, errors);
    });
  } finally {
    site.stop();
  }
}

const tag = (attributes = '') => `<script src="${LOADER}" crossorigin="anonymous" ${attributes}></script>`;
const script = (code) => `<script>${code}</script>`;
const throwing = (text, millis = 0) => `setTimeout(() => { throw new Error('${text}') }, ${millis});`;
const throwLater = (page, text) => page.evaluate(`setTimeout(() => { throw new Error('${text}') })`);
const isStarted = (page) => page.evaluate('!!(window.Sentry && Sentry.getClient && Sentry.getClient())');

async function expectTexts(site, expected) {
  assert.deepEqual(await site.texts(expected.length), expected);
  for (const event of site.events) {
    assert.equal(event.key, key);
    assert.equal(event.project, String(project));
  }
}

await runCase({
  // The key is lazy: the first error loads the SDK.
  async errorsBeforeDuringAndAfterLoad() {
    await withPage(
      tag() + script(throwing('before') + throwing('during', 150)),
      async (page, site) => {
        await until(() => isStarted(page));
        await throwLater(page, 'after');
        await expectTexts(site, ['before', 'during', 'after']);
        assert.equal(site.sdkRequests().length, 1);
        assert.equal(site.events[0].exception.values[0].mechanism.handled, false);
      },
      { site: { sdkDelay: 600 } },
    );
  },

  async rejections() {
    await withPage(
      tag() + script(`Promise.reject(new Error('before')); setTimeout(() => Promise.reject(new Error('during')), 150);`),
      async (page, site) => {
        await until(() => isStarted(page));
        await page.evaluate(`void setTimeout(() => Promise.reject(new Error('after')))`);
        await expectTexts(site, ['before', 'during', 'after']);
      },
      { site: { sdkDelay: 600 } },
    );
  },

  async callsErrorsAndRejectionsStayInOrder() {
    await withPage(
      tag() +
        script(
          `Sentry.setTag('where', 'page');
          Sentry.captureMessage('one');
          setTimeout(() => { throw new Error('two') }, 50);
          setTimeout(() => Promise.reject(new Error('three')), 100);
          setTimeout(() => Sentry.captureException(new Error('four')), 150);`,
        ),
      async (page, site) => {
        await expectTexts(site, ['one', 'two', 'three', 'four']);
        assert.ok(site.events.every((event) => event.tags.where === 'page'));
      },
      { site: { sdkDelay: 600 } },
    );
  },

  async lazyLoaderWaitsForAnError() {
    await withPage(tag(), async (page, site) => {
      await pause(QUIET);
      assert.deepEqual(site.sdkRequests(), []);
      assert.equal(await isStarted(page), false);
      await throwLater(page, 'first');
      await expectTexts(site, ['first']);
    });
  },

  async dataLazyNoLoadsAtOnce() {
    await withPage(tag('data-lazy="no"'), async (page, site) => {
      await until(() => isStarted(page));
      assert.equal(site.sdkRequests().length, 1);
      await throwLater(page, 'first');
      await expectTexts(site, ['first']);
    });
  },

  async forceLoadLoads() {
    await withPage(
      tag() + script(`Sentry.onLoad(() => { window.loaded = true }); Sentry.forceLoad();`),
      async (page, site) => {
        await until(() => page.evaluate('window.loaded'));
        assert.equal(await isStarted(page), true);
        await page.evaluate('Sentry.forceLoad()');
        assert.equal(site.sdkRequests().length, 1);
      },
    );
  },

  async onLoadMayStartTheSdkWithOptions() {
    await withPage(
      script(`window.sentryOnLoad = () => { window.order = ['sentryOnLoad'] };`) +
        tag('data-lazy="no"') +
        script(
          `Sentry.onLoad(() => { window.order.push('first'); Sentry.init({ environment: 'shop', release: 'r1' }) });
          Sentry.onLoad(() => { throw new Error('callback') });
          Sentry.onLoad(() => window.order.push('third'));`,
        ),
      async (page, site) => {
        await expectTexts(site, ['callback']);
        assert.equal(site.events[0].environment, 'shop');
        assert.equal(site.events[0].release, 'r1');
        assert.deepEqual(await page.evaluate('window.order'), ['sentryOnLoad', 'first', 'third']);
        await page.evaluate(`Sentry.onLoad(() => window.order.push('late'))`);
        assert.equal(await page.evaluate('window.order.at(-1)'), 'late');
      },
    );
  },

  async callOfInitKeepsItsOptions() {
    await withPage(
      tag() + script(`Sentry.init({ environment: 'early' }); Sentry.captureMessage('one');`),
      async (page, site) => {
        await expectTexts(site, ['one']);
        assert.equal(site.events[0].environment, 'early');
      },
    );
  },

  async startedSdkIsLeftAlone() {
    await withPage(
      `<script src="${settings.sdk}"></script>` +
        script(`Sentry.init({ dsn: '${settings.dsn}', environment: 'own' });`) +
        tag('data-lazy="no"') +
        script(`Sentry.onLoad(() => { window.loaded = true }); Sentry.forceLoad();` + throwing('one')),
      async (page, site) => {
        await expectTexts(site, ['one']);
        assert.equal(site.events[0].environment, 'own');
        assert.equal(await page.evaluate('window.loaded'), true);
        assert.equal(site.sdkRequests().length, 1);
      },
    );
  },

  async loadedSdkIsStarted() {
    await withPage(
      `<script src="${settings.sdk}"></script>` + tag() + script(throwing('one') + throwing('two', 300)),
      async (page, site) => {
        await expectTexts(site, ['one', 'two']);
        assert.equal(site.sdkRequests().length, 1);
      },
    );
  },

  // As the namespace of a module is: window.Sentry = await import('@sentry/browser').
  async sdkWhoseMembersCannotBeSetIsStarted() {
    await withPage(
      `<script src="${settings.sdk}"></script>` +
        script('window.Sentry = Object.freeze({ ...Sentry });') +
        tag() +
        script(`Sentry.onLoad(() => Sentry.init({ environment: 'own' }));` + throwing('one')),
      async (page, site) => {
        await expectTexts(site, ['one']);
        assert.equal(site.events[0].environment, 'own');
        assert.equal(site.sdkRequests().length, 1);
      },
    );
  },

  async sdkThatThePageStartsLaterIsLeftAlone() {
    await withPage(
      tag() +
        `<script src="${settings.sdk}"></script>` +
        script(
          `window.Sentry = Object.freeze({ ...Sentry }); Sentry.init({ dsn: '${settings.dsn}', environment: 'own' });` +
            throwing('one'),
        ),
      async (page, site) => {
        await expectTexts(site, ['one']);
        assert.equal(site.events[0].environment, 'own');
        assert.equal(site.sdkRequests().length, 1);
      },
    );
  },

  async handlersOfThePageSeeEachErrorOnce() {
    await withPage(
      tag() +
        script(
          `window.seen = [];
          window.onerror = (message) => { seen.push(message) };
          window.onunhandledrejection = (event) => { seen.push(event.reason.message) };` +
            throwing('one') +
            `setTimeout(() => Promise.reject(new Error('two')), 100);`,
        ),
      async (page, site) => {
        await expectTexts(site, ['one', 'two']);
        await throwLater(page, 'three');
        await expectTexts(site, ['one', 'two', 'three']);
        assert.deepEqual(await page.evaluate('seen'), ['Uncaught Error: one', 'two', 'Uncaught Error: three']);
      },
      { site: { sdkDelay: 400 } },
    );
  },

  async callThatFailsStopsNothing() {
    await withPage(
      '<svg><script>/* has no src */</script></svg>' +
        tag() +
        script(
          `window.seen = [];
          window.onerror = (message) => { seen.push(message) };
          Sentry.withScope(() => { throw new Error('call') });
          Sentry.captureMessage('one');`,
        ),
      async (page, site) => {
        await expectTexts(site, ['one', 'call']);
        await throwLater(page, 'two');
        await expectTexts(site, ['one', 'call', 'two']);
        assert.deepEqual(await page.evaluate('seen'), ['Uncaught Error: call', 'Uncaught Error: two']);
      },
    );
  },

  async tagThatIsThereTwiceWorksOnce() {
    await withPage(tag() + tag() + script(throwing('one')), async (page, site) => {
      await expectTexts(site, ['one']);
      assert.equal(site.sdkRequests().length, 1);
    });
  },

  async nonceOfTheTagIsThatOfTheSdk() {
    await withPage(
      tag('nonce="abc123" data-lazy="no"'),
      async (page, site, browser, messages) => {
        await until(() => isStarted(page));
        assert.deepEqual(messages.filter((message) => message.includes('Content Security Policy')), []);
        await throwLater(page, 'one');
        await expectTexts(site, ['one']);
      },
      { headers: { 'Content-Security-Policy': `script-src 'nonce-abc123'; connect-src ${STORE}` } },
    );
  },

  // The page allows scripts by trusted types only. Playwright evaluates texts, which such a page refuses.
  async trustedTypesAreObeyed() {
    for (const policies of ['', '; trusted-types countersign-loader']) {
      await withPage(
        tag() + script(throwing('one') + throwing('two', 1000)),
        async (page, site, browser, messages) => {
          await expectTexts(site, ['one', 'two']);
          assert.deepEqual(messages.filter((message) => /trusted|Content Security Policy/i.test(message)), []);
        },
        { headers: { 'Content-Security-Policy': `require-trusted-types-for 'script'${policies}` } },
      );
    }
  },

  async defaultPolicyOfThePageIsAsked() {
    await withPage(
      script(`trustedTypes.createPolicy('default', { createScriptURL: (url) => { console.log('asked ' + url); return url } });`) +
        tag() +
        script(throwing('one')),
      async (page, site, browser, messages) => {
        await expectTexts(site, ['one']);
        assert.ok(messages.some((message) => message.startsWith(`asked ${STORE}/js-sdk/`)), `${messages}`);
      },
      { headers: { 'Content-Security-Policy': `require-trusted-types-for 'script'; trusted-types default` } },
    );
  },

  async refusedPolicyLeavesThePageAlone() {
    await withPage(
      tag() + script(throwing('one') + throwing('two', 300)),
      async (page, site, browser, messages, errors) => {
        await until(() => errors.length >= 2);
        assert.deepEqual(await site.texts(0), []);
        assert.deepEqual(site.sdkRequests(), []);
        assert.deepEqual(errors, ['one', 'two']);
      },
      { headers: { 'Content-Security-Policy': `require-trusted-types-for 'script'; trusted-types 'none'` } },
    );
  },

  async blockedSdkLeavesThePageAlone() {
    await withPage(
      tag() + script(throwing('one')),
      async (page, site) => {
        await until(() => site.sdkRequests().length > 0);
        await throwLater(page, 'two');
        await page.evaluate(`Sentry.captureMessage('three'); Sentry.onLoad(() => {}); Sentry.forceLoad();`);
        assert.deepEqual(await site.texts(0), []);
      },
      { site: { sdkRefused: true } },
    );
  },

  async badKeyDoesNothing() {
    await withPage(
      tag('data-lazy="no"') +
        script(
          `Sentry.onLoad(() => { window.loaded = true }); Sentry.forceLoad(); Sentry.setTag('a', 'b');
          Sentry.captureMessage('one');` + throwing('two'),
        ),
      async (page, site) => {
        assert.deepEqual(await site.texts(0), []);
        assert.deepEqual(site.sdkRequests(), []);
        assert.equal(await page.evaluate('window.loaded'), undefined);
      },
    );
  },

  async badKeyLeavesASdkAlone() {
    await withPage(
      `<script src="${settings.sdk}"></script>` +
        script(`window.Sentry = Object.freeze({ ...Sentry }); Sentry.init({ dsn: '${settings.dsn}', environment: 'own' });`) +
        tag() +
        script(`Sentry.onLoad(() => {}); Sentry.forceLoad();` + throwing('one')),
      async (page, site) => {
        await expectTexts(site, ['one']);
        assert.equal(site.events[0].environment, 'own');
      },
    );
  },

  /** What a major version of the SDK does with the options of the key. */
  async sdkOfTheKeyIsUsed() {
    await withPage(
      tag() + script(throwing('before') + `setTimeout(() => Promise.reject(new Error('during')), 100);`),
      async (page, site) => {
        await until(() => isStarted(page));
        await throwLater(page, 'after');
        await expectTexts(site, ['before', 'during', 'after']);
        assert.equal(site.sdkRequests().length, 1);
        assert.equal(site.sdkRequests()[0], settings.bundle);
        assert.ok(site.events.every((event) => event.sdk.version === settings.version));
        const integrations = await page.evaluate(
          `Sentry.getClient().getOptions().integrations.map((integration) => integration.name)`,
        );
        for (const name of settings.integrations) {
          assert.ok(integrations.includes(name), `${name} of ${integrations}`);
        }
      },
      { site: { sdkDelay: 300 } },
    );
  },

  async keyThatIsSwitchedOffIsObeyed() {
    await withPage(tag('data-lazy="no"'), async (page, site, browser) => {
      await until(() => isStarted(page));
      const change = await fetch(`http://127.0.0.1:${servicePort}${keyPath}`, {
        method: 'PUT',
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
        body: '{"isActive":false}',
      });
      assert.equal(change.status, 200);
      await until(async () => {
        const loader = await fetch(`http://127.0.0.1:${servicePort}/js-sdk-loader/${key}.min.js`);
        return loader.ok && !(await loader.text()).includes(key);
      });
      const before = site.sdkRequests().length;
      const other = await (await browser.newContext()).newPage();
      await other.goto(`${SITE}/`);
      await throwLater(other, 'never');
      await pause(QUIET);
      assert.equal(site.sdkRequests().length, before);
      assert.equal(await isStarted(other), false);
      assert.deepEqual(site.events, []);
    });
  },
});
