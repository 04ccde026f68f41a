/** The dialog that creates an organization or a project, which need only a name. */
import { html, useState } from './html.js';
import { request } from './api.js';
import { useRepeat } from './create-key.js';
import { useChange } from './load.js';
import { go } from './route.js';
import { Button, Dialog, Failure, Field } from './ui.js';

export function CreateNamed({ title, target, to, onClose }) {
  const [name, setName] = useState('');
  const change = useChange();
  const repeat = useRepeat();
  const submit = async (event) => {
    event.preventDefault();
    if (change.busy) {
      return;
    }
    const body = { name: name.trim() };
    const answer = await change.run(() =>
      request('POST', target, { headers: { 'Idempotency-Key': repeat(body) }, body }));
    if (answer) {
      onClose();
      go(to(answer.data));
    }
  };
  return html`
    <${Dialog} title=${title} onClose=${onClose}>
      <form onSubmit=${submit}>
        <${Field} label="Name" error=${change.error?.of?.('name')}>
          ${(attributes) => html`
            <input ...${attributes} value=${name} onInput=${(event) => setName(event.target.value)} dir="auto" autocomplete="off" />`}
        <//>
        <${Failure} error=${change.error} fields=${['name']} />
        <div class="dialog-actions">
          <${Button} onClick=${onClose}>Cancel<//>
          <${Button} type="submit" kind="primary" busy=${change.busy}>Create<//>
        </div>
      </form>
    <//>`;
}
