/** One client key: its DSNs, snippets, usage and settings. */
import { html } from './html.js';
import { path, SENTRY } from './api.js';
import { Dsns } from './dsns.js';
import { KeyActions, KeySettings } from './key-settings.js';
import { Badges, useCounted } from './key-state.js';
import { KeyUsage } from './key-usage.js';
import { useRead } from './load.js';
import { href } from './route.js';
import { may } from './session.js';
import { Snippets } from './snippets.js';
import { time } from './text.js';
import { Failure, Heading, Loading, Moment, Unless } from './ui.js';

export function KeyView({ organization, project, id }) {
  const target = path(SENTRY, 'projects', organization, project, 'keys', id);
  const query = [['expand', 'dsns'], ['expand', 'usage']];
  const key = useRead(target, query);
  const usage = useCounted(organization, project);
  if (!key.data) {
    return html`
      <${Heading} title="Client key" />
      <${Failure} error=${key.error} retry=${key.reload} />
      ${key.loading && html`<${Loading} what="the client key" />`}`;
  }
  const of = key.data;
  const place = { organization, project, target };
  return html`
    <${Heading} title=${of.name} note=${html`<${Badges} of=${of} counted=${usage.counted} />`} />
    <${Failure} error=${key.error} retry=${key.reload} />
    ${of.replacedBy && html`
      <p class="notice">This key was rotated. Its successor is <a class="mono"
        href=${href(['organizations', organization, 'projects', project, 'keys', of.replacedBy])}>${of.replacedBy}</a>.</p>`}
    <section class="card" aria-labelledby="dsn">
      <h2 id="dsn">DSN</h2>
      <${Dsns} apiKey=${of} />
      <dl class="facts">
        <div><dt>Key id</dt><dd class="mono">${of.id}</dd></div>
        <div><dt>Created</dt><dd>${time(of.dateCreated)}</dd></div>
        <div><dt>Last seen</dt><dd>${of.lastSeen ? html`<${Moment} at=${of.lastSeen} />` : 'never'}</dd></div>
      </dl>
    </section>
    <section class="card" aria-labelledby="snippets">
      <h2 id="snippets">Set up an app</h2>
      <${Snippets} apiKey=${of} organization=${organization} project=${project} />
    </section>
    <section class="card" aria-labelledby="usage">
      <h2 id="usage">Usage</h2>
      <${KeyUsage} target=${target} />
    </section>
    <section class="card" aria-labelledby="settings">
      <h2 id="settings">Settings</h2>
      <${Unless} scope="project:write" to="change this key">
        <${KeySettings} key=${id} of=${of} ...${place} onChanged=${key.reload} />
      <//>
    </section>
    ${(may('project:write') || may('project:admin')) && html`
      <section class="card" aria-labelledby="actions">
        <h2 id="actions">Rotate, switch off, remove</h2>
        <${KeyActions} of=${of} ...${place} onChanged=${key.reload} />
      </section>`}`;
}
