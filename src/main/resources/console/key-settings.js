/** Changes of one client key. */
import { html, useLayoutEffect, useRef, useState } from './html.js';
import { request } from './api.js';
import { RemoveDialog } from './confirm.js';
import { editedMembers, inputsOf, keepEdits, KeyFields } from './key-form.js';
import { isExpired, MEMBERS } from './key-state.js';
import { useChange, useSeen } from './load.js';
import { RotateDialog } from './rotate.js';
import { href, replace } from './route.js';
import { may } from './session.js';
import { Button, Differences, Failure, Unless } from './ui.js';

const FIELDS = ['name', 'rateLimit', 'dateExpires'];

/** The form. It sends only the members that were edited. */
export function KeySettings({ of, target, onChanged }) {
  const [shown, setShown] = useState(() => inputsOf(of));
  const [inputs, setInputs] = useState(shown);
  const [said, setSaid] = useState('');
  const seen = useSeen(target, of, MEMBERS);
  const change = useChange();
  const edited = editedMembers(shown, inputs);
  const unsaved = Object.keys(edited).length > 0;
  useFollow(of, unsaved, (next) => {
    seen.follow(next);
    setShown(inputsOf(next));
    setInputs(inputsOf(next));
  });
  const submit = change.onSubmit(async () => {
    setSaid('');
    const saved = await change.run(async () => {
      if (!(await seen.check())) {
        const now = inputsOf(seen.now());
        setInputs((typed) => keepEdits(shown, typed, now));
        setShown(now);
        return null;
      }
      return (await request('PUT', target, { body: edited })).data;
    });
    if (saved) {
      seen.follow(saved);
      setShown(inputsOf(saved));
      setInputs((typed) => keepEdits(inputs, typed, inputsOf(saved))); // what was typed meanwhile stays
      setSaid('Saved');
      onChanged();
    }
  }, unsaved);
  const takeTheirs = () => {
    const now = seen.now();
    seen.follow(now);
    setShown(inputsOf(now));
    setInputs(inputsOf(now));
    change.clear();
    onChanged();
  };
  return html`
    <form onSubmit=${submit}>
      <${KeyFields} inputs=${inputs} change=${(next) => { setSaid(''); setInputs(next); }} error=${change.error} />
      <${Differences} of=${seen.differences} then="Save again to change only what you edited, or take what is stored now." />
      <${Failure} error=${change.error} fields=${FIELDS} />
      <div class="form-actions">
        <${Button} type="submit" kind="primary" busy=${change.busy} disabled=${!unsaved}>Save changes<//>
        ${seen.differences.length > 0
          ? html`<${Button} onClick=${takeTheirs}>Take what is stored<//>`
          : unsaved && html`<${Button} onClick=${() => { setInputs(shown); change.clear(); }}>Undo my edits<//>`}
        <span class="said" role="status">${said}</span>
      </div>
    </form>`;
}

/**
 * Follows an object that was read again, unless the person has edits that would be lost. Follows at once: an effect after the next
 * frame would take what a person typed or pressed meanwhile.
 */
function useFollow(object, unsaved, follow) {
  const last = useRef(object);
  useLayoutEffect(() => {
    if (last.current !== object && !unsaved) {
      follow(object);
    }
    last.current = object;
  }, [object]);
}

/** The acts that are no member of the form. */
export function KeyActions({ of, organization, project, target, onChanged }) {
  const [open, setOpen] = useState(null);
  const close = () => setOpen(null);
  return html`
    <div class="acts">
      ${may('project:write') && html`
        <${Act} title="Rotate" text="Makes a new key with the same settings. This key ends when you choose.">
          <${Button} onClick=${() => setOpen('rotate')} disabled=${!of.isActive || Boolean(of.replacedBy)}>Rotate…<//>
        <//>
        <${Switch} of=${of} target=${target} onChanged=${onChanged} />`}
      <${Act} title="Remove" text="Events of apps that still have this DSN are lost. This cannot be undone.">
        <${Unless} scope="project:admin" to="remove this key">
          <${Button} kind="danger" onClick=${() => setOpen('remove')}>Remove…<//>
        <//>
      <//>
    </div>
    ${open === 'rotate' && html`
      <${RotateDialog} of=${of} organization=${organization} project=${project} target=${target} onClose=${close} onRotated=${onChanged} />`}
    ${open === 'remove' && html`
      <${RemoveDialog} title="Remove key" name=${of.name} path=${target} object=${of} members=${MEMBERS} onClose=${close}
        remove=${() => request('DELETE', target)}
        onRemoved=${() => replace(href(['organizations', organization, 'projects', project]))}>
        <p>Apps that send with this key lose their events from now on.</p>
      <//>`}`;
}

function Act({ title, text, children }) {
  return html`<div class="act"><div><h3>${title}</h3><p class="note">${text}</p></div>${children}</div>`;
}

/** Switches a key off or on, at once, since both can be undone. */
function Switch({ of, target, onChanged }) {
  const seen = useSeen(target, of, MEMBERS);
  const change = useChange();
  const expired = isExpired(of);
  useFollow(of, false, seen.follow);
  const press = async () => {
    const done = await change.run(async () =>
      (await seen.check()) && (await request('PUT', target, { body: { isActive: !of.isActive } })));
    if (done !== undefined) {
      onChanged();
    }
  };
  return html`
    <${Act} title=${of.isActive ? 'Switch off' : 'Switch on'}
      text=${expired ? 'This key has expired. A later end makes it active again.' : of.isActive
        ? 'The gate refuses events of this key until it is switched on again.' : 'The gate takes events of this key again.'}>
      <${Button} busy=${change.busy} disabled=${expired} onClick=${press}>${of.isActive ? 'Switch off' : 'Switch on'}<//>
    <//>
    <${Differences} of=${seen.differences} then="Look at what is stored now, and press the button again if you still want to." />
    <${Failure} error=${change.error} />`;
}
