/** The dialog that replaces a client key by a successor. */
import { html, useState } from './html.js';
import { OWN, path, request } from './api.js';
import { NewKey, useRepeat } from './create-key.js';
import { MEMBERS } from './key-state.js';
import { useChange, useSeen } from './load.js';
import { Dialog, DialogActions, Differences, Failure, Field } from './ui.js';

const OVERLAPS = [
  ['0s', 'At once: the key has leaked'],
  ['1h', 'After 1 hour: apps read the DSN at their start'],
  ['24h', 'After 1 day'],
  ['7d', 'After 7 days: web pages in caches'],
  ['30d', 'After 30 days'],
  ['90d', 'After 90 days: apps on phones'],
];

export function RotateDialog({ of, organization, project, target, onClose, onRotated }) {
  const [overlap, setOverlap] = useState('24h');
  const [successor, setSuccessor] = useState(null);
  const seen = useSeen(target, of, MEMBERS);
  const change = useChange();
  const repeat = useRepeat();
  const submit = change.onSubmit(async () => {
    const answer = await change.run(async () =>
      (await seen.check()) && request('POST', path(OWN, 'projects', organization, project, 'keys', of.id, 'rotate'), {
        query: [['expand', 'dsns']],
        headers: { 'Idempotency-Key': repeat({ overlap }) },
        body: { overlap },
      }));
    if (answer) {
      setSuccessor(answer.data);
      onRotated();
    }
  });
  if (successor) {
    return html`
      <${NewKey} title="Client key rotated" apiKey=${successor} organization=${organization} project=${project} onClose=${onClose}>
        <p>Hand out this DSN. The old key ${overlap === '0s' ? 'has ended' : 'works until its end, which you can change'}.</p>
      <//>`;
  }
  return html`
    <${Dialog} title="Rotate the key" onClose=${onClose} busy=${change.busy}>
      <form onSubmit=${submit}>
        <p>A new key takes over the name, the rate limit and the loader options.</p>
        <${Field} label="When the old key ends" hint="You can change this end later.">
          ${(attributes) => html`
            <select ...${attributes} disabled=${change.busy} value=${overlap} onChange=${(event) => setOverlap(event.target.value)}>
              ${OVERLAPS.map(([value, label]) => html`<option key=${value} value=${value}>${label}</option>`)}
            </select>`}
        <//>
        <${Differences} of=${seen.differences} then="Press the button again to rotate the key as it is now." />
        <${Failure} error=${change.error} />
        <${DialogActions} onClose=${onClose} submit="Rotate" busy=${change.busy} />
      </form>
    <//>`;
}
