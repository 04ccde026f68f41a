import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fixture } from './harness.mjs';

const DOCUMENT = path.join(import.meta.dirname, '..', '..', '..', 'docs', 'compatibility.md');

/** The code block of a client in docs/compatibility.md, with the server, the credential and the organization of this run. */
export function documented(client, language, token = fixture.documentedToken) {
  const section = readFileSync(DOCUMENT, 'utf8')
    .split(/^#+ /m)
    .find((part) => part.startsWith(`${client}\n`));
  const block = new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'm').exec(section ?? '');
  assert.ok(block, `docs/compatibility.md has no ${language} block under ${client}`);
  return block[1]
    .replaceAll('https://keys.example.com', fixture.base)
    .replaceAll('keys.example.com', new URL(fixture.base).host)
    .replaceAll('cs_...', token)
    .replaceAll(/\bacme\b/g, fixture.organization);
}
