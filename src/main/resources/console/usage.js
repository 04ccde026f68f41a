/** The usage of all client keys of an organization. */
import { html, useId } from './html.js';
import { OWN, path } from './api.js';
import { Shares, SERIES } from './chart.js';
import { SUMMED } from './key-usage.js';
import { useRead } from './load.js';
import { OrganizationHeading } from './organization.js';
import { go, href } from './route.js';
import { may } from './session.js';
import { compact, number, span } from './text.js';
import { Badge, Empty, Failure, Loading, Moment, Name, Pager } from './ui.js';

const SORTS = [
  ['-lastSeen', 'Seen last'], ['lastSeen', 'Seen longest ago, or never'], ['-rejected', 'Most rejected'], ['rejected', 'Least rejected'],
];
const REASONS = { removed: 'Removed', inactive: 'Off', expired: 'Expired' };

export function UsageView({ organization, query }) {
  const to = (parameters) => href(['organizations', organization, 'usage'], parameters);
  return html`
    <${OrganizationHeading} organization=${organization} tab="usage" />
    ${may('org:read') && html`
      <${Keys} organization=${organization} query=${query} to=${to} />
      <${DeadKeys} organization=${organization} query=${query} to=${to} />`}`;
}

function Keys({ organization, query, to }) {
  const id = useId();
  const sort = SORTS.some(([name]) => name === query.get('sort')) ? query.get('sort') : SORTS[0][0];
  const cursor = query.get('cursor');
  const dead = query.get('dead');
  const list = useRead(path(OWN, 'organizations', organization, 'key-usage'), [
    ['per_page', '25'], ['sort', sort], ...(cursor ? [['cursor', cursor]] : []),
  ]);
  return html`
    <section aria-labelledby=${`${id}-title`}>
      <h3 class="section" id=${`${id}-title`}>Events of the last ${span(SUMMED)}</h3>
      <div class="toolbar">
        <label for=${id}>Order</label>
        <select id=${id} value=${sort} onChange=${(event) => go(to({ sort: event.target.value, dead }))}>
          ${SORTS.map(([name, label]) => html`<option key=${name} value=${name}>${label}</option>`)}
        </select>
      </div>
      <${Failure} error=${list.error} retry=${list.reload} />
      ${list.loading && !list.data && html`<${Loading} what="usage" />`}
      ${list.data?.length === 0 && html`<${Empty} title="No client key yet">Create one in a project.<//>`}
      ${list.data?.length > 0 && html`
        <ul class="rows" aria-label="Usage of client keys">
          ${list.data.map((key) => html`<${KeyRow} key=${key.id} of=${key} organization=${organization} />`)}
        </ul>`}
      <${Pager} previous=${list.previous} next=${list.next} to=${(next) => to({ sort, dead, cursor: next })} />
    </section>`;
}

function KeyRow({ of, organization }) {
  const target = href(['organizations', organization, 'projects', String(of.projectId), 'keys', of.id]);
  return html`
    <li class="row">
      <div class="row-main">
        <a class="row-name" href=${target}><${Name} of=${of.name} /></a>
        <span class="badges">
          ${!of.isActive && html`<${Badge} kind="bad">Not active<//>`}
          ${!of.rateLimit && html`<${Badge} kind="warn">No limit<//>`}
          ${!of.lastSeen && html`<${Badge}>Never seen<//>`}
        </span>
      </div>
      <dl class="facts numbers">
        ${SERIES.map(([name, label]) => html`
          <div><dt><span class=${`swatch ${name}`} aria-hidden="true"></span>${label}</dt>
            <dd title=${number(of[name])}>${compact(of[name])}</dd></div>`)}
        <div><dt>Last seen</dt><dd>${of.lastSeen ? html`<${Moment} at=${of.lastSeen} />` : 'never'}</dd></div>
      </dl>
      <${Shares} of=${of} />
    </li>`;
}

function DeadKeys({ organization, query, to }) {
  const cursor = query.get('dead');
  const list = useRead(path(OWN, 'organizations', organization, 'rejected-keys'), [
    ['per_page', '25'], ...(cursor ? [['cursor', cursor]] : []),
  ]);
  return html`
    <section aria-labelledby="dead-title">
      <h3 class="section" id="dead-title">Dead keys that still come</h3>
      <p class="note">Apps still send with these keys, and the gate refuses their events.</p>
      <${Failure} error=${list.error} retry=${list.reload} />
      ${list.loading && !list.data && html`<${Loading} what="dead keys" />`}
      ${list.data?.length === 0 && html`<${Empty} title="None">No removed, switched off or expired key was seen.<//>`}
      ${list.data?.length > 0 && html`
        <ul class="rows" aria-label="Dead keys">
          ${list.data.map((key) => html`
            <li key=${key.id} class="row">
              <div class="row-main">
                <strong class="row-name"><${Name} of=${key.name} /></strong>
                <${Badge} kind="bad">${REASONS[key.reason] ?? key.reason}<//>
              </div>
              <dl class="facts">
                <div><dt>Refused events</dt><dd title=${number(key.count)}>${compact(key.count)}</dd></div>
                <div><dt>Last seen</dt><dd><${Moment} at=${key.lastSeen} /></dd></div>
                <div><dt>Key id</dt><dd class="mono">${key.id}</dd></div>
              </dl>
            </li>`)}
        </ul>`}
      <${Pager} previous=${list.previous} next=${list.next}
        to=${(next) => to({ sort: query.get('sort'), cursor: query.get('cursor'), dead: next })} />
    </section>`;
}
