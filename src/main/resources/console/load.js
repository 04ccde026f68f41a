/** Hooks that ask the API and hold its answer. */
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from './html.js';
import { request } from './api.js';
import { useSession } from './ui.js';

const NOTHING = { data: null, next: null, previous: null, error: null, loading: true };

/**
 * Reads a path, again when it changes and after each sign-in, and returns {data, next, previous, error, loading, reload}.
 * A null path reads nothing.
 */
export function useRead(path, query = []) {
  const { signIns } = useSession();
  const [answer, setAnswer] = useState(NOTHING);
  const [turn, setTurn] = useState(0);
  const key = path === null ? null : JSON.stringify([path, query]);
  const shown = useRef({});

  useEffect(() => {
    if (key === null) {
      return undefined;
    }
    const abort = new AbortController();
    const same = shown.current.key === key;
    const samePath = shown.current.path === path;
    shown.current = { key, path };
    // Another page of the same list takes the place of the one before when it has come.
    setAnswer((before) => (samePath ? { ...before, error: null, loading: true } : NOTHING));
    request('GET', path, { query, signal: abort.signal })
      .then((result) => {
        if (!abort.signal.aborted) {
          setAnswer({ ...result, error: null, loading: false });
        }
      })
      .catch((error) => {
        if (!abort.signal.aborted) {
          // What was shown to another person in this tab, or was removed meanwhile, goes.
          const kept = same && error.status !== 403 && error.status !== 404;
          setAnswer((before) => ({ ...(kept ? before : NOTHING), error: error.endedSession ? null : error, loading: false }));
        }
      });
    return () => abort.abort();
  }, [key, signIns, turn]);

  const reload = useCallback(() => setTurn((before) => before + 1), []);
  return { ...answer, reload };
}

/**
 * Runs one change at a time, and returns {run, onSubmit, busy, error, clear}. `run` answers undefined if the change failed, or if
 * the person went elsewhere meanwhile: what follows a change must not move them from there.
 * `onSubmit` makes the handler of a form: `act` is called if `ready`, but not while a change runs.
 */
export function useChange() {
  const [state, setState] = useState({ busy: false, error: null });
  const gone = useRef(false);
  useLayoutEffect(() => () => { gone.current = true; }, []);
  const run = async (change) => {
    setState({ busy: true, error: null });
    try {
      const result = await change();
      setState({ busy: false, error: null });
      return gone.current ? undefined : result ?? null;
    } catch (error) {
      setState({ busy: false, error: error.endedSession ? null : error });
      return undefined;
    }
  };
  const onSubmit = (act, ready = true) => (event) => {
    event.preventDefault();
    if (ready && !state.busy) {
      act();
    }
  };
  return { ...state, run, onSubmit, clear: () => setState({ busy: false, error: null }) };
}

/**
 * Reads an object again before it is changed, and says what somebody else changed meanwhile.
 *
 * `check` answers true if the object is as the person last saw it. Otherwise it answers false, `differences` lists the
 * members, and what they are now counts as seen.
 */
export function useSeen(path, object, members) {
  const seen = useRef(object);
  const [differences, setDifferences] = useState([]);
  const check = async () => {
    const { data: now } = await request('GET', path);
    const found = differ(seen.current, now, members);
    seen.current = now;
    setDifferences(found);
    return found.length === 0;
  };
  /** Takes an object that was read or saved as seen. Differences stay while they are those of this object. */
  const follow = (next) => {
    const known = differ(seen.current, next, members).length === 0;
    seen.current = next;
    if (!known) {
      setDifferences([]);
    }
  };
  return { check, differences, follow, now: () => seen.current };
}

/** The members whose values differ: [{label, before, now}]. */
export function differ(before, now, members) {
  return members
    .filter(({ name }) => !equal(before[name], now[name]))
    .map(({ name, label, show }) => ({ name, label, before: show(before[name]), now: show(now[name]) }));
}

/** Whether two values of JSON are equal. An absent member equals null. */
export function equal(one, other) {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}
