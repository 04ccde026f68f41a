/** The dialog that creates a client key and shows its DSNs. */
import { html, useRef, useState } from './html.js';
import { newIdempotencyKey, path, request, SENTRY } from './api.js';
import { Dsns } from './dsns.js';
import { EMPTY, KeyFields, membersOf } from './key-form.js';
import { useChange } from './load.js';
import { href } from './route.js';
import { Snippets } from './snippets.js';
import { Button, Dialog, DialogActions, Failure } from './ui.js';

const FIELDS = ['name', 'rateLimit', 'dateExpires'];

export function CreateKey({ organization, project, onClose, onCreated }) {
  const [inputs, setInputs] = useState(EMPTY);
  const [created, setCreated] = useState(null);
  const change = useChange();
  const repeat = useRepeat();
  const submit = change.onSubmit(async () => {
    const { name, dateExpires, ...members } = membersOf(inputs);
    const body = { ...(name && { name }), ...(dateExpires && { dateExpires }), ...members };
    const answer = await change.run(() =>
      request('POST', path(SENTRY, 'projects', organization, project, 'keys'), {
        query: [['expand', 'dsns']],
        headers: { 'Idempotency-Key': repeat(body) },
        body,
      }));
    if (answer) {
      setCreated(answer.data);
      onCreated();
    }
  });
  if (created) {
    return html`<${NewKey} title="Client key created" apiKey=${created} organization=${organization} project=${project}
      onClose=${onClose} />`;
  }
  return html`
    <${Dialog} title="Create a client key" onClose=${onClose} busy=${change.busy}>
      <form onSubmit=${submit}>
        <${KeyFields} inputs=${inputs} change=${setInputs} error=${change.error} withDefault
          nameHint="The app or the place that sends with it. Empty: the service chooses a name." />
        <${Failure} error=${change.error} fields=${FIELDS} />
        <${DialogActions} onClose=${onClose} submit="Create" busy=${change.busy} />
      </form>
    <//>`;
}

/** Shows a key that was just made: what to copy, and where the key is. */
export function NewKey({ title, apiKey, organization, project, onClose, children }) {
  return html`
    <${Dialog} title=${title} onClose=${onClose} wide>
      ${children}
      <${Dsns} apiKey=${apiKey} />
      <${Snippets} apiKey=${apiKey} organization=${organization} project=${project} />
      <div class="dialog-actions">
        <a class="button plain" href=${href(['organizations', organization, 'projects', project, 'keys', apiKey.id])}
          onClick=${onClose}>Open the key</a>
        <${Button} kind="primary" onClick=${onClose}>Done<//>
      </div>
    <//>`;
}

/** The Idempotency-Key of a body: the same body that is sent again has the same one, so that it makes nothing twice. */
export function useRepeat() {
  const sent = useRef({});
  return (body) => {
    const text = JSON.stringify(body);
    if (sent.current.text !== text) {
      sent.current = { text, key: newIdempotencyKey() };
    }
    return sent.current.key;
  };
}
