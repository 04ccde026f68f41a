/**
 * Who is signed in. The credential stays in this tab's sessionStorage and nowhere else: not in a URL, not in a cookie,
 * not in a variable that outlives a request.
 */
const CREDENTIAL = 'countersign.credential';
const LAST_ACTIVITY = 'countersign.last-activity';
const CHECK_MILLIS = 1000;

const IMPLIED = { admin: ['read', 'write'], write: ['read'] };

const idleMillis = Number(document.querySelector('meta[name="countersign-idle-seconds"]').content) * 1000;

/** caller: {name, operator, scopes}, or null. ended: why the last session ended, or null. */
let state = { caller: null, ended: null, signIns: 0 };
const listeners = new Set();

function change(next) {
  state = { ...state, ...next };
  for (const listener of listeners) {
    listener(state);
  }
}

export function current() {
  return state;
}

/** Calls a function at each change, until the returned function is called. */
export function subscribe(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function credential() {
  return sessionStorage.getItem(CREDENTIAL);
}

/** Keeps a credential. The caller is not signed in before {@link signedIn}. */
export function keep(text) {
  sessionStorage.setItem(CREDENTIAL, text);
  touch();
}

/** Removes the credential without a word. */
export function forget() {
  sessionStorage.removeItem(CREDENTIAL);
  sessionStorage.removeItem(LAST_ACTIVITY);
}

export function signedIn(name, operator, scopes) {
  change({ caller: { name, operator, scopes: expand(scopes) }, ended: null, signIns: state.signIns + 1 });
}

/** Ends the session. With a reason, the view behind the sign-in keeps what was typed. */
export function end(reason) {
  forget();
  change(reason ? { ended: reason } : { caller: null, ended: null });
}

export function may(scope) {
  return Boolean(state.caller && state.caller.scopes.has(scope));
}

export function isIdle() {
  return Date.now() - Number(sessionStorage.getItem(LAST_ACTIVITY) ?? 0) >= idleMillis;
}

export function idleMinutes() {
  return Math.max(1, Math.round(idleMillis / 60000));
}

function touch() {
  if (credential() !== null) {
    sessionStorage.setItem(LAST_ACTIVITY, String(Date.now()));
  }
}

function endIfIdle() {
  if (credential() !== null && isIdle()) {
    end('idle');
  }
}

/** Counts pointer and keys as activity, and ends an idle session. A laptop that wakes up is checked before it counts. */
export function watchActivity() {
  for (const kind of ['pointerdown', 'keydown', 'wheel', 'touchstart']) {
    addEventListener(kind, () => {
      endIfIdle();
      touch();
    }, { capture: true, passive: true });
  }
  addEventListener('visibilitychange', endIfIdle);
  setInterval(endIfIdle, CHECK_MILLIS);
}

function expand(scopes) {
  const all = new Set(scopes);
  for (const scope of scopes) {
    const [noun, action] = scope.split(':');
    for (const implied of IMPLIED[action] ?? []) {
      all.add(`${noun}:${implied}`);
    }
  }
  return all;
}
