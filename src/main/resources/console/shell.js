/** What surrounds every view: the bar with the way back, and who is signed in. */
import { html, useId, useRef, useState } from './html.js';
import { href } from './route.js';
import { current, end } from './session.js';
import { Button, Dialog, Name } from './ui.js';

export function Shell({ segments, children }) {
  const main = useRef();
  const [open, setOpen] = useState(false);
  const { caller } = current();
  const skip = (event) => {
    event.preventDefault();
    main.current.focus();
  };
  return html`
    <a class="skip" href="#main" onClick=${skip}>Skip to the content</a>
    <header class="bar">
      <nav class="crumbs" aria-label="Where you are">
        <a class="brand" href=${href([])}><${Mark} />Countersign</a>
        ${crumbs(segments).map(([label, target]) => html`
          <span class="crumb" key=${target}><span aria-hidden="true">/</span> <a href=${target}><${Name} of=${label} /></a></span>`)}
      </nav>
      <div class="who">
        <${Button} kind="quiet" onClick=${() => setOpen(true)} aria-haspopup="dialog"><${Name} of=${caller.name} /><//>
        <${Button} kind="quiet" onClick=${() => end(null)}>Sign out<//>
      </div>
    </header>
    <main id="main" ref=${main} tabindex="-1">${children}</main>
    ${open && html`<${Who} caller=${caller} onClose=${() => setOpen(false)} />`}`;
}

/** The parts of the path that have a view of their own. */
function crumbs([, organization, , project]) {
  const found = [];
  if (organization) {
    found.push([organization, href(['organizations', organization])]);
  }
  if (project) {
    found.push([project, href(['organizations', organization, 'projects', project])]);
  }
  return found;
}

/** What the credential may do. */
function Who({ caller, onClose }) {
  const id = useId();
  return html`
    <${Dialog} title="Your credential" onClose=${onClose}>
      <p>You are signed in as <strong><${Name} of=${caller.name} /></strong>${caller.operator
        ? ', the operator, in every organization.' : '.'}</p>
      <h3 id=${id}>It may use these scopes</h3>
      <ul class="scopes" aria-labelledby=${id}>
        ${[...caller.scopes].sort().map((scope) => html`<li><code>${scope}</code></li>`)}
      </ul>
      <p class="hint">What these scopes do not allow is not offered.</p>
      <div class="dialog-actions"><${Button} kind="primary" onClick=${onClose}>Close<//></div>
    <//>`;
}

function Mark() {
  return html`
    <svg class="mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d="M12 2 4 5v6c0 5 3.4 9.4 8 11 4.6-1.6 8-6 8-11V5z" /><path class="tick" d="m8.2 12.2 2.7 2.7 5-5.4" />
    </svg>`;
}
