// Makes the bundles of Sentry's browser SDK that the JavaScript loader needs, from the packages of package.json: build FOLDER.
// Run `npm ci --ignore-scripts` first. Writes FOLDER/{version}/bundle{modifier}.min.js, the licence of each version beside them,
// and FOLDER/integrity.txt with the hash of each file. npm has Sentry's modules only; Sentry's own bundles are on its CDN.
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(join(here, 'package.json'));
const esbuild = require('esbuild');
const folder = process.argv[2];
if (!folder) {
  console.error('usage: build FOLDER');
  process.exit(2);
}

const MAJORS = [8, 9, 10, 11];
const FIRST_WITH_LOGS = 10;
const MODIFIERS = [
  '',
  '.tracing',
  '.replay',
  '.feedback',
  '.tracing.replay',
  '.replay.feedback',
  '.tracing.replay.feedback',
];
const MODIFIERS_WITH_LOGS = [
  '.logs.metrics',
  '.tracing.logs.metrics',
  '.replay.logs.metrics',
  '.tracing.replay.logs.metrics',
  '.tracing.replay.feedback.logs.metrics',
];

// What Sentry offers as files of their own, or for servers and other libraries only, so that no bundle has it.
const SEPARATE = new RegExp(
  'launchdarkly|openfeature|unleash|growthbook|statsig|featureflags|supabase|spotlight|profil|webworker|viewhierarchy|' +
    'graphql|anthropic|openai|genai|langchain|langgraph|workersai|consola|zod|diagnose|offline|multiplexed|modulemetadata|' +
    'thirdparty|fetchstream|bfcache|^default$',
  'i',
);

// Which exports a bundle without the part lacks.
const PARTS = {
  tracing: /^browserTracingIntegration$|^startBrowserTracing|^(elementTiming|interactions|webVitals|userTiming)Integration$/,
  replay: /^(replay|replayCanvas)Integration$|^getReplay$/,
  feedback: /^feedback(Async|Sync)?Integration$|^getFeedback$|^sendFeedback$/,
  logs: /^logger$|^metrics$|^console(Logging)?Integration$|^createConsolaReporter$/,
};

async function namesOf(entry, conditions) {
  const result = await esbuild.build({
    stdin: { contents: `export * from '${entry}';`, resolveDir: here },
    bundle: true,
    write: false,
    format: 'esm',
    metafile: true,
    conditions,
  });
  return Object.values(result.metafile.outputs)[0].exports;
}

async function bundle(entry, names, modifier) {
  const debug = modifier.endsWith('.debug');
  const wanted = names.filter((name) =>
    Object.entries(PARTS).every(([part, pattern]) => modifier.includes(`.${part}`) || !pattern.test(name)),
  );
  const result = await esbuild.build({
    stdin: { contents: `export { ${wanted.join(', ')} } from '${entry}';`, resolveDir: here },
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    globalName: 'Sentry',
    target: 'es2020',
    charset: 'ascii',
    legalComments: 'none',
    conditions: [debug ? 'development' : 'production'],
    define: {
      __SENTRY_DEBUG__: String(debug),
      __SENTRY_BROWSER_BUNDLE__: 'true',
      __RRWEB_EXCLUDE_IFRAME__: 'false',
      __RRWEB_EXCLUDE_SHADOW_DOM__: 'false',
      'process.env.NODE_ENV': '"production"',
    },
    // As in Sentry's bundles, functions are plain members of an object that a page may have made already.
    banner: { js: 'var countersignSentry=window.Sentry;' },
    footer: { js: 'window.Sentry=Object.assign(countersignSentry||{},Sentry);' },
  });
  return result.outputFiles[0].contents;
}

const lines = [];
for (const major of MAJORS) {
  const entry = `browser-${major}`;
  const home = join(here, 'node_modules', entry);
  const { version } = JSON.parse(await readFile(join(home, 'package.json')));
  const target = join(folder, version);
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  await copyFile(join(home, 'LICENSE'), join(target, 'LICENSE'));
  const names = (await namesOf(entry, ['production'])).filter((name) => !SEPARATE.test(name));
  const modifiers = major >= FIRST_WITH_LOGS ? [...MODIFIERS, ...MODIFIERS_WITH_LOGS] : MODIFIERS;
  for (const modifier of [...modifiers, ...modifiers.map((name) => `${name}.debug`)]) {
    const contents = await bundle(entry, names, modifier);
    const name = `bundle${modifier}.min.js`;
    await writeFile(join(target, name), contents);
    lines.push(`sha384-${createHash('sha384').update(contents).digest('base64')}  ${version}/${name}`);
  }
}
await writeFile(join(folder, 'integrity.txt'), `${lines.join('\n')}\n`);
console.log(`${lines.length} bundles in ${folder}`);
