// Copies the libraries of the console from the folder of src/test/browser/install into the service: node vendor.mjs. With
// `check` it copies nothing, and fails if a file is another than the package has.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { require } from './browser.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const folder = join(here, '../../main/resources/console/vendor');
const packages = dirname(dirname(require.resolve('preact/package.json')));

const FILES = {
  'preact.js': 'preact/dist/preact.mjs',
  'hooks.js': 'preact/hooks/dist/hooks.mjs',
  'htm.js': 'htm/dist/htm.mjs',
  'LICENSE-preact': 'preact/LICENSE',
  'LICENSE-htm': 'htm/LICENSE',
};

for (const [name, source] of Object.entries(FILES)) {
  const text = readFileSync(join(packages, source), 'utf8');
  // A browser finds a module by its path, and has no maps of sources here.
  const vendored = name.endsWith('.js')
    ? text.replace('from"preact"', 'from"./preact.js"').replace(/^\/\/# sourceMappingURL=.*\n?/m, '')
    : text;
  if (process.argv[2] === 'check') {
    assert.equal(readFileSync(join(folder, name), 'utf8').trim(), vendored.trim(), `${name}: run node src/test/browser/vendor.mjs`);
  } else {
    writeFileSync(join(folder, name), vendored);
  }
}
