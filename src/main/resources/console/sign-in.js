/** The form that takes a credential: as a page, or over the view of a session that ended. */
import { html, useEffect, useLayoutEffect, useRef, useState } from './html.js';
import { signIn, signInAgain } from './api.js';
import { useChange } from './load.js';
import { credential, end, idleMinutes } from './session.js';
import { Button, Failure, Field, Loading } from './ui.js';

const ENDED = {
  idle: () => `You were signed out after ${idleMinutes()} minutes without activity.`,
  refused: () => 'The API no longer takes this credential: it has expired, or was removed or rotated.',
};

const hasSample = document.querySelector('meta[name="countersign-sample"]').content === 'true';

const RETRY_MILLIS = 5000;

function Page({ title, children }) {
  useEffect(() => {
    document.title = `${title} · Countersign`;
  }, [title]);
  return html`<main class="sign-in-page"><div class="card sign-in"><h1>Countersign</h1>${children}</div></main>`;
}

/** Takes a credential. `error` is what the API said of the one before. */
export function SignInPage({ error }) {
  return html`<${Page} title="Sign in"><${SignInForm} error=${error} /><//>`;
}

/** Goes on with the credential that the tab has kept, and tries again until the API takes or refuses it. */
export function Resume({ onRefused }) {
  const [error, setError] = useState(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let timer = null;
    let over = false;
    signInAgain().catch((failure) => {
      if (over) {
        return;
      }
      if (credential() === null) {
        onRefused(failure);
      } else {
        setError(failure);
        timer = setTimeout(() => setTurn(turn + 1), RETRY_MILLIS);
      }
    });
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [turn]);
  return html`
    <${Page} title=${error ? 'No answer' : 'Loading'}>
      ${!error && html`<${Loading} what="the console" />`}
      <${Failure} error=${error} retry=${() => setTurn(turn + 1)} />
      ${error && html`
        <p class="hint">You are still signed in. The console tries again every ${RETRY_MILLIS / 1000} seconds.</p>
        <${Button} onClick=${() => { end(null); onRefused(null); }}>Sign out<//>`}
    <//>`;
}

/** Covers the view, and keeps what was typed in it. */
export function SignInAgain({ reason }) {
  const dialog = useRef();
  useLayoutEffect(() => {
    const element = dialog.current;
    element.showModal();
    return () => element.close();
  }, []);
  // Browsers close a dialog at the second Escape in a row, whatever a page says.
  const reopen = ({ target }) => target.isConnected && target.showModal();
  return html`
    <dialog ref=${dialog} class="sign-in" aria-labelledby="sign-in-again" onCancel=${(event) => event.preventDefault()}
      onClose=${reopen}>
      <h2 id="sign-in-again">Sign in again</h2>
      <p class="notice warn">${ENDED[reason]()} What you typed is kept.</p>
      <${SignInForm} />
    </dialog>`;
}

function SignInForm({ error }) {
  const [typed, setTyped] = useState('');
  const [shown, setShown] = useState(false);
  const change = useChange();
  const text = typed.trim();
  const submit = change.onSubmit(() => change.run(() => signIn(text)), text !== '');
  return html`
    <form onSubmit=${submit}>
      <${Field} label="API key or operator token" hint="It stays in this browser tab. Closing the tab signs you out.">
        ${(attributes) => html`
          <input ...${attributes} type=${shown ? 'text' : 'password'} class="mono" value=${typed} autocomplete="off"
            autocapitalize="off" spellcheck=${false} autofocus onInput=${(event) => setTyped(event.target.value)} />`}
      <//>
      <label class="check">
        <input type="checkbox" checked=${shown} onChange=${(event) => setShown(event.target.checked)} /> Show what I type
      </label>
      <${Failure} error=${change.busy ? null : change.error ?? error} />
      <${Button} type="submit" kind="primary block" busy=${change.busy}>Sign in<//>
      ${hasSample && html`<${Sample} busy=${change.busy} use=${() => change.run(async () => signIn(await sampleKey()))} />`}
    </form>`;
}

/** Development mode hands out the credential of its sample data, once it has made them. */
async function sampleKey() {
  const response = await fetch(new URL('sample.json', document.baseURI), { cache: 'no-store' });
  if (!response.ok) {
    throw new Error('The sample data are not there yet. Try again in a moment.');
  }
  return (await response.json()).apiKey;
}

function Sample({ busy, use }) {
  return html`
    <div class="sample">
      <p class="hint">This service runs in development mode.</p>
      <${Button} kind="plain block" busy=${busy} onClick=${use}>Use the sample API key<//>
    </div>`;
}
