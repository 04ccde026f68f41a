import { createRequire } from 'node:module';
const { getOrAskForProjectData } = createRequire(import.meta.url)('@sentry/wizard/dist/src/utils/clack');
const [url, orgSlug, projectSlug] = process.argv.slice(2);
const data = await getOrAskForProjectData({ url, orgSlug, projectSlug });
console.log(`\n${JSON.stringify(data)}`);
