// What the scripts of the browser tests share. BrowserScript starts them: script.mjs CASE, with the settings of the case as JSON
// in the variable SETTINGS, and the folder of src/test/browser/install in BROWSER.
import { createRequire } from 'node:module';
import { join } from 'node:path';

const folder = process.env.BROWSER;

/** Loads a package that src/test/browser/install has installed. */
export const require = createRequire(join(folder, 'package.json'));

/** The settings that the test gives. */
export const settings = JSON.parse(process.env.SETTINGS ?? '{}');

/** How long a busy machine may take for one step, in milliseconds. */
export const PATIENCE = 90_000;

/** Starts Chromium with more options, and closes it when the action is done. */
export async function withBrowser(action, options = []) {
  const { chromium } = require('playwright-core');
  const browser = await chromium.launch({
    executablePath: join(folder, 'chromium'),
    timeout: PATIENCE,
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', ...options],
  });
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
