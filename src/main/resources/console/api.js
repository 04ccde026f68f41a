/** Requests to the public API of this service, with the credential of the session. */
import { credential, current, end, forget, keep, signedIn } from './session.js';

const ROOT = new URL('../api/', document.baseURI);

export const SENTRY = '0';
export const OWN = 'countersign/v1';

/** A dialog waits for the answer, so there is one after this time: that the service did not answer. */
const PATIENCE_MILLIS = 60_000;

/** An answer that is no success. `messages` are what the API says, one for each member that is wrong. */
export class ApiError extends Error {
  /** Whether this answer has ended the session, so that the sign-in says why and the form need not. */
  endedSession = false;

  constructor(status, messages) {
    super(messages.map(({ member, text }) => (member ? `${member}: ${text}` : text)).join(' '));
    this.status = status;
    this.messages = messages;
  }

  /** What the API says of one member of the request, or null. */
  of(member) {
    const found = this.messages.filter((message) => message.member?.split('.')[0] === member);
    return found.length ? found.map(({ text }) => text).join(' ') : null;
  }

  /** What the API says of the request as a whole, and of members that the form does not show. */
  besides(members) {
    return this.messages.filter(({ member }) => !members.includes(member?.split('.')[0]));
  }
}

/** Makes a path below /api/ from segments, each escaped. */
export function path(version, ...segments) {
  return `${version}/${segments.map((segment) => `${encodeURIComponent(segment)}/`).join('')}`;
}

/** Sends a request, and returns {data, next, previous}: the JSON of the answer and the cursors of the pages beside it. */
export async function request(method, target, { body, query, headers, signal } = {}) {
  const url = new URL(target, ROOT);
  for (const [name, value] of query ?? []) {
    url.searchParams.append(name, value);
  }
  const sent = credential();
  const { response, text } = await send(url, signal, {
    method,
    cache: 'no-store',
    credentials: 'omit',
    headers: {
      Accept: 'application/json',
      Authorization: `Bearer ${sent}`,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const data = text === '' ? null : parse(text);
  if (response.ok) {
    return { data, ...cursors(response.headers.get('Link')) };
  }
  const error = new ApiError(response.status, messages(response, data));
  if (response.status === 401 && current().caller && !current().ended && sent === credential()) {
    error.endedSession = true;
    end('refused');
  }
  throw error;
}

/** Signs in with a credential, which is kept only if the API takes it. */
export async function signIn(text) {
  if (!/^[ -~]*$/.test(text)) {
    throw new ApiError(0, [{ text: 'This cannot be a credential: it holds characters that none has. Copy it again.' }]);
  }
  keep(text);
  try {
    await introduce();
  } catch (error) {
    if (text === credential()) {
      forget();
    }
    throw error;
  }
}

/** Signs in with the credential that this tab has kept. Only an API that refuses the credential takes it away. */
export async function signInAgain() {
  const sent = credential();
  try {
    await introduce();
  } catch (error) {
    if (error.status === 401 && sent === credential()) {
      forget();
    }
    throw error;
  }
}

/** Asks who the credential belongs to. A session that ended meanwhile stays ended. */
async function introduce() {
  const sent = credential();
  const [{ data: index }, { data: caller }] = await Promise.all([
    request('GET', `${SENTRY}/`),
    request('GET', path(SENTRY, 'auth')),
  ]);
  if (sent === credential()) {
    signedIn(caller.name, caller.isSuperuser, index.auth.scopes);
  }
}

/** A text for the header Idempotency-Key. randomUUID needs a secure context; getRandomValues does not. */
export function newIdempotencyKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Sends a request and reads the whole answer: {response, text}. */
async function send(url, signal, options) {
  const abort = new AbortController();
  const stop = () => abort.abort();
  const timer = setTimeout(stop, PATIENCE_MILLIS);
  signal?.addEventListener('abort', stop);
  try {
    const response = await fetch(url, { ...options, signal: abort.signal });
    return { response, text: await response.text() };
  } catch (error) {
    if (signal?.aborted) {
      throw error;
    }
    throw new ApiError(0, [{ text: abort.signal.aborted
      ? `The service did not answer within ${PATIENCE_MILLIS / 1000} seconds. Try again.`
      : 'The service did not answer. Check the connection and try again.' }]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Errors of Sentry's API: {"detail": "..."}, {"detail": {"message": "..."}}, or a list of texts for each member. */
function messages(response, data) {
  const found = data === null || typeof data !== 'object' ? [] : flatten(data, []);
  const explanation = response.headers.get('X-Sentry-Error');
  if (explanation && !found.some(({ text }) => text === explanation)) {
    found.push({ text: explanation });
  }
  const wait = response.headers.get('Retry-After');
  if (wait) {
    found.push({ text: `Try again in ${wait} s.` });
  }
  return found.length ? found : [{ text: `The service answered with status ${response.status}.` }];
}

function flatten(value, names) {
  if (typeof value === 'string') {
    const member = names.filter((name) => !['detail', 'message', 'non_field_errors'].includes(name)).join('.');
    return [member ? { member, text: value } : { text: value }];
  }
  if (Array.isArray(value)) {
    return value.flatMap((entry) => flatten(entry, names));
  }
  if (value && typeof value === 'object') {
    return Object.entries(value).flatMap(([name, entry]) => flatten(entry, [...names, name]));
  }
  return [];
}

function cursors(link) {
  const found = { next: null, previous: null };
  for (const [, rel, results, cursor] of (link ?? '').matchAll(/rel="(\w+)"; results="(\w+)"; cursor="([^"]*)"/g)) {
    if (results === 'true') {
      found[rel] = cursor;
    }
  }
  return found;
}
