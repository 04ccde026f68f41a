// What the scripts of the browser tests share. BrowserScript starts them: script.mjs CASE, with the settings of the case as JSON
// in the variable SETTINGS, the folder of src/test/browser/install in BROWSER, and the address of a running Chromium (serve.mjs) in
// CHROMIUM.
import { createRequire } from 'node:module';
import { join } from 'node:path';

const folder = process.env.BROWSER;

/** Loads a package that src/test/browser/install has installed. */
export const require = createRequire(join(folder, 'package.json'));

/** The settings that the test gives. */
export const settings = JSON.parse(process.env.SETTINGS ?? '{}');

/** How long a busy machine may take for one step, in milliseconds. */
export const PATIENCE = 90_000;

/** How Chromium is started, with more options. */
export const launching = (options = []) => ({
  executablePath: join(folder, 'chromium'),
  timeout: PATIENCE,
  args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', ...options],
});

/**
 * Runs an action with the running Chromium, whose pages end with the action: contexts share no storage, cookies or cache. With more
 * options, a Chromium of its own is started, and ends with the action.
 */
export async function withBrowser(action, options = []) {
  const { chromium } = require('playwright-core');
  const isOwn = options.length > 0 || !process.env.CHROMIUM;
  const browser = isOwn
    ? await chromium.launch(launching(options))
    : await chromium.connect(process.env.CHROMIUM, { timeout: PATIENCE });
  try {
    return await action(browser);
  } finally {
    await browser.close();
  }
}

/** Runs the case that the test names; an exception ends the script with its stack trace and the exit status 1. */
export async function runCase(cases) {
  const name = process.argv[2];
  if (!Object.hasOwn(cases, name)) {
    throw new Error(`no case ${name}`);
  }
  await cases[name]();
}
