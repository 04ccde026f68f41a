/** Who changed what in an organization. */
import { html, useId } from './html.js';
import { path, SENTRY } from './api.js';
import { equal, useRead } from './load.js';
import { OrganizationHeading } from './organization.js';
import { go, href } from './route.js';
import { may } from './session.js';
import { time } from './text.js';
import { Empty, Failure, Loading, Moment, Name, Pager } from './ui.js';

export function AuditView({ organization, query }) {
  const event = query.get('event');
  const actor = query.get('actor');
  const cursor = query.get('cursor');
  const to = (parameters) => href(['organizations', organization, 'audit'], parameters);
  const list = useRead(may('org:write') ? path(SENTRY, 'organizations', organization, 'audit-logs') : null, [
    ['per_page', '25'], ...(event ? [['event', event]] : []), ...(actor ? [['actor', actor]] : []), ...(cursor ? [['cursor', cursor]] : []),
  ]);
  const entries = list.data?.rows;
  return html`
    <${OrganizationHeading} organization=${organization} tab="audit" />
    ${may('org:write') && html`<${Filter} event=${event} options=${list.data?.options ?? (event ? [event] : [])} choose=${(next) => go(to({ event: next, actor }))} />`}
    ${actor && html`<p class="note">Only changes by <${Name} of=${actor} />. <a href=${to({ event })}>Show those of all</a></p>`}
    <${Failure} error=${list.error} retry=${list.reload} />
    ${may('org:write') && list.loading && !list.data && html`<${Loading} what="the audit trail" />`}
    ${entries?.length === 0 && html`<${Empty} title="No entry is like this">Choose “All events” to see the others.<//>`}
    ${entries?.length > 0 && html`
      <ul class="rows" aria-label="Audit trail" aria-busy=${list.loading ? 'true' : undefined}>
        ${entries.map((entry) => html`<${Entry} key=${entry.id} of=${entry} byActor=${to({ event, actor: entry.actor.id })} />`)}
      </ul>`}
    <${Pager} previous=${list.previous} next=${list.next} to=${(next) => to({ event, actor, cursor: next })} />`;
}

function Filter({ event, options, choose }) {
  const id = useId();
  return html`
    <div class="toolbar">
      <label for=${id}>Show</label>
      <select id=${id} value=${event ?? ''} onChange=${(change) => choose(change.target.value)}>
        <option value="">All events</option>
        ${options.map((name) => html`<option key=${name} value=${name}>${name}</option>`)}
      </select>
    </div>`;
}

function Entry({ of, byActor }) {
  const changed = changes(of.data);
  return html`
    <li class="row entry">
      <div class="row-main">
        <span class="badge plain mono">${of.event}</span>
        <span><${Name} of=${of.note} /></span>
      </div>
      <p class="note">by <a href=${byActor}><${Name} of=${of.actor.name} /></a>, <${Moment} at=${of.dateCreated} /> (${time(of.dateCreated)})</p>
      ${changed.length > 0 && html`
        <details>
          <summary>${changed.length === 1 ? '1 value' : `${changed.length} values`}</summary>
          <div class="scroll" tabindex="0" role="region" aria-label=${`Values of ${of.note}`}>
            <table>
              <thead><tr><th scope="col">Value</th><th scope="col">Before</th><th scope="col">After</th></tr></thead>
              <tbody>
                ${changed.map(({ name, before, after }) => html`
                  <tr><th scope="row"><code>${name}</code></th><td><${Name} of=${before} /></td><td><${Name} of=${after} /></td></tr>`)}
              </tbody>
            </table>
          </div>
        </details>`}
    </li>`;
}

function changes({ before, after }) {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...names]
    .filter((name) => !equal(before?.[name], after?.[name]))
    .map((name) => ({ name, before: show(before?.[name]), after: show(after?.[name]) }));
}

function show(value) {
  return value === undefined || value === null ? '–' : typeof value === 'string' ? value : JSON.stringify(value);
}
