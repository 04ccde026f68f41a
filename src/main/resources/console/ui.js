/** Parts of views. */
import { html, useEffect, useId, useLayoutEffect, useRef, useState } from './html.js';
import { current, may, subscribe } from './session.js';
import { ago, time } from './text.js';

export function useSession() {
  const [session, setSession] = useState(current);
  useLayoutEffect(() => subscribe(setSession), []);
  return session;
}

/** Names of people and machines may be in any script. `bdi` keeps their direction from what stands beside them. */
export function Name({ of }) {
  return html`<bdi class="name">${of}</bdi>`;
}

/** The heading of a view. It takes the focus, so that a screen reader says where one is; a name that
 * is read or changed later does not take it from where the person is. */
export function Heading({ title, children, note }) {
  const heading = useRef();
  useEffect(() => {
    heading.current.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, []);
  useEffect(() => {
    document.title = `${title} · Countersign`;
  }, [title]);
  return html`
    <div class="heading">
      <div class="heading-text">
        <h1 ref=${heading} tabindex="-1"><${Name} of=${title} /></h1>
        ${note && html`<p class="note">${note}</p>`}
      </div>
      ${children && html`<div class="actions">${children}</div>`}
    </div>`;
}

export function Button({ kind = 'plain', busy, children, ...rest }) {
  return html`
    <button type="button" class=${`button ${kind}`} aria-disabled=${busy ? 'true' : undefined} ...${rest}
      onClick=${busy ? (event) => event.preventDefault() : rest.onClick}>
      ${busy && html`<span class="spinner" aria-hidden="true"></span>`}${children}
    </button>`;
}

/** A labelled input, with a hint and what the API says of it. `children` is the input, as a function of its attributes. */
export function Field({ label, hint, error, children }) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined;
  return html`
    <div class="field">
      <label for=${id}>${label}</label>
      ${children({ id, 'aria-describedby': described, 'aria-invalid': error ? 'true' : undefined })}
      ${hint && html`<p class="hint" id=${`${id}-hint`}>${hint}</p>`}
      ${error && html`<p class="field-error" id=${`${id}-error`}>${error}</p>`}
    </div>`;
}

/** What the API says of a request that failed. `fields` are members whose errors stand at their inputs. */
export function Failure({ error, fields = [], retry }) {
  const shown = error ? error.besides?.(fields) ?? [{ text: error.message }] : [];
  return html`
    <div role="alert">
      ${shown.length > 0 && html`
        <div class="notice bad">
          ${shown.map(({ member, text }) => html`<p>${member && html`<strong>${member}: </strong>`}${text}</p>`)}
          ${retry && html`<${Button} onClick=${retry}>Try again<//>`}
        </div>`}
    </div>`;
}

/** Says that a credential may not do something, in place of offering it. */
export function Unless({ scope, to, children }) {
  return may(scope)
    ? children
    : html`<p class="note forbidden">You cannot ${to}: this credential lacks the scope <code>${scope}</code>.</p>`;
}

export function Loading({ what }) {
  return html`<p class="loading" role="status"><span class="spinner" aria-hidden="true"></span>Loading ${what}…</p>`;
}

export function Empty({ title, children }) {
  return html`<div class="empty"><p class="empty-title">${title}</p><div>${children}</div></div>`;
}

export function Badge({ kind = 'plain', title, children }) {
  return html`<span class=${`badge ${kind}`} title=${title}>${children}</span>`;
}

export function Moment({ at }) {
  return html`<time datetime=${at} title=${time(at)}>${ago(at)}</time>`;
}

const toTop = () => scrollTo(0, 0);

/** Links to the pages beside this one. `to` makes the URL of a cursor. */
export function Pager({ previous, next, to }) {
  return (previous || next) && html`
    <nav class="pager" aria-label="Pages">
      ${previous ? html`<a class="button plain" rel="prev" href=${to(previous)} onClick=${toTop}>Previous</a>` : html`<span></span>`}
      ${next && html`<a class="button plain" rel="next" href=${to(next)} onClick=${toTop}>Next</a>`}
    </nav>`;
}

/**
 * A dialog over the page. Escape closes it, and the focus goes back to where it was. While a change runs (`busy`) it stays
 * open, so that the person sees what the API answers.
 */
export function Dialog({ title, onClose, busy, children, wide }) {
  const dialog = useRef();
  const id = useId();
  useLayoutEffect(() => {
    const element = dialog.current;
    element.showModal();
    return () => element.close();
  }, []);
  const cancel = (event) => {
    event.preventDefault();
    if (!busy) {
      onClose();
    }
  };
  // Browsers close a dialog at the second Escape in a row, whatever a page says.
  const closed = ({ target }) => {
    if (target.isConnected && busy) {
      target.showModal();
    } else if (target.isConnected) {
      onClose();
    }
  };
  return html`
    <dialog ref=${dialog} class=${wide ? 'wide' : ''} aria-labelledby=${id} onCancel=${cancel} onClose=${closed}>
      <h2 id=${id}>${title}</h2>
      ${children}
    </dialog>`;
}

/** The buttons of a form in a dialog: one that closes it, and one that submits it. */
export function DialogActions({ onClose, submit, kind = 'primary', busy, disabled }) {
  return html`
    <div class="dialog-actions">
      <span class="unseen" role="status">${busy ? 'Waiting for the service' : ''}</span>
      <${Button} onClick=${busy ? undefined : onClose} aria-disabled=${busy ? 'true' : undefined}>Cancel<//>
      <${Button} type="submit" kind=${kind} busy=${busy} disabled=${disabled}>${submit}<//>
    </div>`;
}

/** What somebody else changed since the object was read, and what the next press of the button does. */
export function Differences({ of, then }) {
  return html`
    <div role="alert">
      ${of.length > 0 && html`
        <div class="notice warn">
          <p><strong>This changed since you opened it.</strong></p>
          <ul class="differences">
            ${of.map(({ label, before, now }) => html`
              <li><span>${label}</span> <del><${Name} of=${before} /></del> → <ins><${Name} of=${now} /></ins></li>`)}
          </ul>
          <p>${then}</p>
        </div>`}
    </div>`;
}
