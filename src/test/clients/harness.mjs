import assert from 'node:assert/strict';

/** A public DSN that every SDK accepts: no dash in the key, no underscore in the host, digits as the project. */
export const DSN = /https?:\/\/[0-9a-f]{32}@[^_/\s]+(\/\S+)?\/\d+/;

/** The server and the organization of this run: see createFixture in run.mjs. */
export const fixture = JSON.parse(process.env.COUNTERSIGN_CLIENTS ?? '{}');

/** The JSON of the answer, which must have the expected status. */
export async function request({ base, token }, method, route, body, expected = 200) {
  const answer = await fetch(`${base}/api/0/${route}`, {
    method,
    headers: { Authorization: `Bearer ${token}`, ...(body && { 'Content-Type': 'application/json' }) },
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(20_000),
  });
  const text = await answer.text();
  assert.equal(answer.status, expected, `${method} ${answer.url} answers ${answer.status} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

export const api = (method, route, body, expected) => request(fixture, method, route, body, expected);

export const keysPath = (project = fixture.project) => `projects/${fixture.organization}/${project}/keys/`;

export const newKey = (name) => api('POST', keysPath(), { name }, 201);

export const newProject = (name) =>
  api('POST', `teams/${fixture.organization}/${fixture.team}/projects/`, { name }, 201);
