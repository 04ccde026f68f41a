/** The client keys of a project. */
import { html, useId, useRef, useState } from './html.js';
import { path, SENTRY } from './api.js';
import { CopyButton } from './copy.js';
import { CreateKey } from './create-key.js';
import { Badges, UNUSED_DAYS, useCounted } from './key-state.js';
import { useRead } from './load.js';
import { go, href } from './route.js';
import { may } from './session.js';
import { date, limit } from './text.js';
import { Button, Empty, Failure, Heading, Loading, Moment, Name, Pager, Unless } from './ui.js';

const PAGE = '50';
const FILTERS = [
  ['', 'All keys', []],
  ['active', 'Active', [['status', 'active']]],
  ['inactive', 'Off or expired', [['status', 'inactive']]],
  ['unlimited', 'Without a limit', [['rateLimit', 'none']]],
  ['unused', `Unused for ${UNUSED_DAYS} days`, [['unusedFor', `${UNUSED_DAYS}d`]]],
];

export function ProjectView({ organization, project, query }) {
  const [creating, setCreating] = useState(false);
  const details = useRead(path(SENTRY, 'projects', organization, project));
  const shown = FILTERS.find(([name]) => name === query.get('show')) ?? FILTERS[0];
  const cursor = query.get('cursor');
  const keys = useRead(path(SENTRY, 'projects', organization, project, 'keys'), [
    ['per_page', PAGE], ['expand', 'usage'], ...shown[2], ...(cursor ? [['cursor', cursor]] : []),
  ]);
  const usage = useCounted(organization, project);
  const to = (parameters) => href(['organizations', organization, 'projects', project], parameters);
  const isMissing = details.error?.status === 404;
  const create = may('project:write') && !isMissing
    && html`<${Button} kind="primary" onClick=${() => setCreating(true)}>Create key<//>`;
  return html`
    <${Heading} title=${details.data?.name ?? project} note="Each app sends events with a client key of its own. Its DSN holds the key.">
      ${create}
    <//>
    <${Failure} error=${details.error} retry=${details.reload} />
    <${Unless} scope="project:write" to="create or change keys" />
    ${!isMissing && html`<${Filter} chosen=${shown[0]} choose=${(show) => go(to({ show }))} />`}
    <${Failure} error=${details.error ? null : keys.error} retry=${keys.error?.status === 409 ? null : keys.reload} />
    ${keys.loading && !keys.data && html`<${Loading} what="client keys" />`}
    ${keys.data?.length === 0 && html`<${NoKeys} filtered=${shown[0] !== '' || cursor} />`}
    ${keys.data?.length > 0 && html`
      <ul class="rows keys" aria-label="Client keys" aria-busy=${keys.loading ? 'true' : undefined}>
        ${keys.data.map((key) => html`
          <${KeyRow} key=${key.id} of=${key} counted=${usage.counted}
            to=${href(['organizations', organization, 'projects', project, 'keys', key.id])} />`)}
      </ul>`}
    <${Pager} previous=${keys.previous} next=${keys.next} to=${(next) => to({ show: shown[0], cursor: next })} />
    ${usage.note && html`<p class="note foot">Unused keys are not marked yet: the gate must count for ${UNUSED_DAYS} days first. ${usage.note}</p>`}
    ${creating && html`
      <${CreateKey} organization=${organization} project=${project} onClose=${() => setCreating(false)} onCreated=${keys.reload} />`}`;
}

function Filter({ chosen, choose }) {
  const id = useId();
  return html`
    <div class="toolbar">
      <label for=${id}>Show</label>
      <select id=${id} value=${chosen} onChange=${(event) => choose(event.target.value)}>
        ${FILTERS.map(([name, label]) => html`<option key=${name} value=${name}>${label}</option>`)}
      </select>
    </div>`;
}

function NoKeys({ filtered }) {
  return filtered
    ? html`<${Empty} title="No key is like this">Choose “All keys” to see the others.<//>`
    : html`<${Empty} title="This project has no client key yet">Create one to get a DSN for an app.<//>`;
}

function KeyRow({ of, to, counted }) {
  const dsn = useRef();
  return html`
    <li class="row">
      <div class="row-main">
        <a class="row-name" href=${to}><${Name} of=${of.name} /></a>
        <${Badges} of=${of} counted=${counted} />
      </div>
      <dl class="facts">
        <div><dt>Rate limit</dt><dd>${limit(of.rateLimit)}</dd></div>
        <div><dt>Last seen</dt><dd>${of.lastSeen ? html`<${Moment} at=${of.lastSeen} />` : 'never'}</dd></div>
        <div><dt>Created</dt><dd>${date(of.dateCreated)}</dd></div>
      </dl>
      <div class="row-dsn">
        <code class="mono cut" ref=${dsn} dir="ltr">${of.dsn.public}</code>
        <${CopyButton} text=${of.dsn.public} shown=${dsn} what=${`DSN of ${of.name}`} />
      </div>
    </li>`;
}
