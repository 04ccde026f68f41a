/** Destructive acts, which ask for the name of what is removed. */
import { html, useState } from './html.js';
import { useChange, useSeen } from './load.js';
import { confirms, isRightToLeft, reveal } from './text.js';
import { Dialog, DialogActions, Differences, Failure, Field } from './ui.js';

/**
 * Removes an object after its name was typed. The object is read again first; if it changed, the person sees how, and
 * confirms once more.
 */
export function RemoveDialog({ title, name, path, object, members, remove, onClose, onRemoved, children }) {
  const [typed, setTyped] = useState('');
  const seen = useSeen(path, object, members);
  const change = useChange();
  const confirmed = confirms(typed, name);
  const submit = change.onSubmit(async () => {
    const removed = await change.run(async () => {
      if (!(await seen.check())) {
        return false;
      }
      await remove();
      return true;
    });
    if (removed) {
      onRemoved();
    }
  }, confirmed);
  const shown = reveal(name);
  return html`
    <${Dialog} title=${title} onClose=${onClose} busy=${change.busy}>
      <form onSubmit=${submit}>
        ${children}
        <p>Type the name to confirm:</p>
        <p class="typed-name"><code dir="ltr"><bdo dir="ltr">${shown}</bdo></code></p>
        ${shown !== name && html`
          <p class="notice warn">This name has characters that are not seen. Each stands as its code. You may type the codes.</p>`}
        ${isRightToLeft(name) && html`
          <p class="notice warn">This name has letters that are written from right to left. They stand here in the order in
          which they are stored, from left to right.</p>`}
        <${Field} label="Name">
          ${(attributes) => html`
            <input ...${attributes} value=${typed} onInput=${(event) => setTyped(event.target.value)} autocomplete="off"
              spellcheck=${false} dir="auto" />`}
        <//>
        <${Differences} of=${seen.differences} then="Press the button again to remove it as it is now." />
        <${Failure} error=${change.error} />
        <${DialogActions} onClose=${onClose} submit=${title} kind="danger" busy=${change.busy} disabled=${!confirmed} />
      </form>
    <//>`;
}
