/** Texts with a button that copies them. */
import { html, useEffect, useId, useRef, useState } from './html.js';

const SAID_MILLIS = 3000;

/**
 * Copies a text that an element shows. Where the page has no clipboard, as without a secure context, the text is selected
 * and the browser is asked to copy the selection.
 */
async function copy(text, element) {
  if (navigator.clipboard && isSecureContext) {
    try {
      await navigator.clipboard.writeText(text);
      return 'Copied';
    } catch {
      // The person or the browser refused; the selection is left.
    }
  }
  select(element);
  return document.execCommand('copy') ? 'Copied' : 'Selected: press Ctrl+C or ⌘C';
}

function select(element) {
  if (element.select) {
    element.focus();
    element.select();
  } else {
    getSelection().selectAllChildren(element);
  }
}

/** The button. `shown` refers to the element that shows the text. */
export function CopyButton({ text, shown, what, kind = 'plain' }) {
  const [said, setSaid] = useState('');
  useEffect(() => {
    const timer = said && setTimeout(() => setSaid(''), SAID_MILLIS);
    return () => clearTimeout(timer);
  }, [said]);
  return html`
    <button type="button" class=${`button copy ${kind}`} onClick=${async () => setSaid(await copy(text, shown.current))}>
      <span aria-hidden="true">${said || 'Copy'}</span><span class="unseen">Copy ${what}</span>
    </button>
    <span class="unseen" role="status">${said && `${what}: ${said}`}</span>`;
}

/** One line that is copied, with a label. */
export function CopyLine({ label, text, note }) {
  const input = useRef();
  const id = useId();
  return html`
    <div class="copy-line">
      <label for=${id}>${label}${note && html` <span class="note">${note}</span>`}</label>
      <div class="copy-row">
        <input id=${id} ref=${input} class="mono" readonly value=${text} dir="ltr" onFocus=${(event) => event.target.select()} />
        <${CopyButton} text=${text} shown=${input} what=${label} />
      </div>
    </div>`;
}

/** Several lines that are copied. */
export function CopyBlock({ text, what }) {
  const block = useRef();
  return html`
    <div class="copy-block">
      <pre tabindex="0" role="region" aria-label=${what} dir="ltr"><code ref=${block}>${text}</code></pre>
      <${CopyButton} text=${text} shown=${block} what=${what} />
    </div>`;
}
