/** The form that takes a credential: as a page, or over the view of a session that ended. */
import { html, useEffect, useLayoutEffect, useRef, useState } from './html.js';
import { signIn } from './api.js';
import { useChange } from './load.js';
import { idleMinutes } from './session.js';
import { Button, Failure, Field } from './ui.js';

const ENDED = {
  idle: () => `You were signed out after ${idleMinutes()} minutes without activity.`,
  refused: () => 'The API no longer takes this credential: it has expired, or was removed or rotated.',
};

const hasSample = document.querySelector('meta[name="countersign-sample"]').content === 'true';

export function SignInPage() {
  useEffect(() => {
    document.title = 'Sign in · Countersign';
  }, []);
  return html`<main class="sign-in-page"><div class="card sign-in"><h1>Countersign</h1><${SignInForm} /></div></main>`;
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

function SignInForm() {
  const [typed, setTyped] = useState('');
  const [shown, setShown] = useState(false);
  const change = useChange();
  const signInWith = (text) => change.run(() => signIn(text));
  const text = typed.trim();
  const submit = change.onSubmit(() => signInWith(text), text !== '');
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
      <${Failure} error=${change.error} />
      <${Button} type="submit" kind="primary block" busy=${change.busy}>Sign in<//>
      ${hasSample && html`<${Sample} use=${signInWith} />`}
    </form>`;
}

/** Development mode hands out the credential of its sample data. */
function Sample({ use }) {
  const take = async () => {
    const response = await fetch(new URL('sample.json', document.baseURI), { cache: 'no-store' });
    use(response.ok ? (await response.json()).apiKey : '');
  };
  return html`
    <div class="sample">
      <p class="hint">This service runs in development mode.</p>
      <${Button} kind="plain block" onClick=${take}>Use the sample API key<//>
    </div>`;
}
