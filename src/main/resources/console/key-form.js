/** The inputs of a client key, for creating and for changing one. */
import { html, useId } from './html.js';
import { toLocalInput } from './text.js';
import { Field } from './ui.js';

const WINDOWS = [['60', 'minute'], ['3600', 'hour'], ['86400', 'day']];

/** The members of a key that people change, with their labels and how a value is shown. */
export const EMPTY = { name: '', limit: 'default', count: '', window: '60', expires: '' };

/** The inputs that show a key. */
export function inputsOf(key) {
  return {
    name: key.name,
    limit: key.rateLimit ? 'own' : 'none',
    count: key.rateLimit ? String(key.rateLimit.count) : '',
    window: key.rateLimit ? String(key.rateLimit.window) : '60',
    expires: toLocalInput(key.dateExpires),
  };
}

/** The members of a request that the inputs stand for. `default` leaves the limit to the service. */
export function membersOf(inputs) {
  const members = { name: inputs.name.trim(), dateExpires: momentOrText(inputs.expires) };
  if (inputs.limit !== 'default') {
    members.rateLimit =
      inputs.limit === 'none' ? null : { count: numberOrText(inputs.count), window: Number(inputs.window) };
  }
  return members;
}

/** The members whose inputs differ from those that were shown. */
export function editedMembers(shown, inputs) {
  const members = membersOf(inputs);
  const edited = {};
  if (inputs.name !== shown.name) {
    edited.name = members.name;
  }
  if (['limit', 'count', 'window'].some((name) => inputs[name] !== shown[name])
      && JSON.stringify(members.rateLimit) !== JSON.stringify(membersOf(shown).rateLimit)) {
    edited.rateLimit = members.rateLimit;
  }
  if (inputs.expires !== shown.expires) {
    edited.dateExpires = members.dateExpires;
  }
  return edited;
}

/** Inputs that show what is stored now, except those that the person edited. A limit is edited as a whole. */
export function keepEdits(shown, inputs, now) {
  const edited = editedMembers(shown, inputs);
  const kept = { ...now };
  for (const [member, names] of [['name', ['name']], ['rateLimit', ['limit', 'count', 'window']], ['dateExpires', ['expires']]]) {
    if (member in edited) {
      names.forEach((name) => { kept[name] = inputs[name]; });
    }
  }
  return kept;
}

/** The API says what is wrong with a text that is no number. */
function numberOrText(text) {
  return /^\d{1,15}$/.test(text.trim()) ? Number(text) : text.trim();
}

/** A year may have more digits than a date of JavaScript. */
function momentOrText(text) {
  const moment = new Date(text);
  return Number.isNaN(moment.getTime()) ? text || null : moment.toISOString();
}

export function KeyFields({ inputs, change, error, withDefault, nameHint }) {
  const set = (name) => (event) => change({ ...inputs, [name]: event.target.value });
  const windows = WINDOWS.some(([seconds]) => seconds === inputs.window)
    ? WINDOWS
    : [...WINDOWS, [inputs.window, `${inputs.window} seconds`]];
  return html`
    <${Field} label="Name" hint=${nameHint} error=${error?.of?.('name')}>
      ${(attributes) => html`
        <input ...${attributes} value=${inputs.name} onInput=${set('name')} dir="auto" autocomplete="off" />`}
    <//>
    <fieldset class="field" aria-describedby="limit-error">
      <legend>Rate limit</legend>
      <div class="radios">
        ${withDefault && html`<${Radio} value="default" label="The default of the project" chosen=${inputs.limit} set=${set('limit')} />`}
        <${Radio} value="none" label="No limit" chosen=${inputs.limit} set=${set('limit')} />
        <${Radio} value="own" label="At most" chosen=${inputs.limit} set=${set('limit')} />
      </div>
      ${inputs.limit === 'own' && html`
        <div class="limit-row">
          <input class="count" inputmode="numeric" value=${inputs.count} onInput=${set('count')} aria-label="Events" autocomplete="off" />
          <span>events per</span>
          <select value=${inputs.window} onChange=${set('window')} aria-label="Window">
            ${windows.map(([seconds, label]) => html`<option key=${seconds} value=${seconds}>${label}</option>`)}
          </select>
        </div>`}
      ${error?.of?.('rateLimit') && html`<p class="field-error" id="limit-error">${error.of('rateLimit')}</p>`}
    </fieldset>
    <${Field} label="Expires" hint="Leave empty for a key that stays. Your local time." error=${error?.of?.('dateExpires')}>
      ${(attributes) => html`
        <input ...${attributes} type="datetime-local" max="9999-12-31T23:59" value=${inputs.expires} onInput=${set('expires')} />`}
    <//>`;
}

function Radio({ value, label, chosen, set }) {
  const id = useId();
  return html`
    <label for=${id} class="radio">
      <input type="radio" id=${id} name="limit" value=${value} checked=${chosen === value} onChange=${set} /> ${label}
    </label>`;
}
