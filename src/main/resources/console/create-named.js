/** The dialog that creates an organization or a project, which need only a name. */
import { html, useState } from './html.js';
import { request } from './api.js';
import { useRepeat } from './create-key.js';
import { useChange } from './load.js';
import { go } from './route.js';
import { Dialog, DialogActions, Failure, Field } from './ui.js';

export function CreateNamed({ title, target, to, onClose }) {
  const [name, setName] = useState('');
  const change = useChange();
  const repeat = useRepeat();
  const submit = change.onSubmit(async () => {
    const body = { name: name.trim() };
    const here = location.hash;
    const answer = await change.run(() =>
      request('POST', target, { headers: { 'Idempotency-Key': repeat(body) }, body }));
    if (answer) {
      onClose();
      // Whoever has typed another address meanwhile stays there.
      if (location.hash === here) {
        go(to(answer.data));
      }
    }
  });
  return html`
    <${Dialog} title=${title} onClose=${onClose} busy=${change.busy}>
      <form onSubmit=${submit}>
        <${Field} label="Name" error=${change.error?.of?.('name')}>
          ${(attributes) => html`
            <input ...${attributes} value=${name} onInput=${(event) => setName(event.target.value)} dir="auto" autocomplete="off" />`}
        <//>
        <${Failure} error=${change.error} fields=${['name']} />
        <${DialogActions} onClose=${onClose} submit="Create" busy=${change.busy} />
      </form>
    <//>`;
}
