/** The projects of an organization, and the way to its usage and its audit trail. */
import { html, useId, useLayoutEffect, useRef, useState } from './html.js';
import { path, SENTRY } from './api.js';
import { CreateNamed } from './create-named.js';
import { useRead } from './load.js';
import { href, replace } from './route.js';
import { may } from './session.js';
import { date } from './text.js';
import { Button, Empty, Failure, Heading, Loading, Name, Pager, Unless } from './ui.js';

const TABS = [['', 'Projects', 'org:read'], ['usage', 'Usage', 'org:read'], ['audit', 'Audit trail', 'org:write']];
const TYPING_MILLIS = 250;

/** The heading of all views of an organization. Tabs that the credential may not open are not offered. */
export function OrganizationHeading({ organization, tab, children }) {
  const details = useRead(may('org:read') ? path(SENTRY, 'organizations', organization) : null, [['detailed', '0']]);
  const [, label] = TABS.find(([name]) => name === tab);
  const denied = TABS.filter(([, , scope]) => !may(scope));
  return html`
    <${Heading} title=${details.data?.name ?? organization}>${children}<//>
    <nav class="tabs" aria-label="Views of the organization">
      ${TABS.filter(([, , scope]) => may(scope)).map(([name, text]) => html`
        <a key=${name} href=${href(['organizations', organization, ...(name ? [name] : [])])}
          aria-current=${name === tab ? 'page' : undefined}>${text}</a>`)}
    </nav>
    <h2 class="unseen">${label}</h2>
    <${Failure} error=${details.error} retry=${details.reload} />
    ${denied.map(([name, text, scope]) => html`<${Unless} key=${name} scope=${scope} to=${`see “${text}”`} />`)}`;
}

export function OrganizationView({ organization, query }) {
  const [creating, setCreating] = useState(false);
  const cursor = query.get('cursor');
  const words = query.get('query') ?? '';
  const target = path(SENTRY, 'organizations', organization, 'projects');
  const list = useRead(may('org:read') ? target : null, [
    ['per_page', '50'], ...(words ? [['query', words]] : []), ...(cursor ? [['cursor', cursor]] : []),
  ]);
  const create = may('project:write')
    && html`<${Button} kind="primary" onClick=${() => setCreating(true)}>Create project<//>`;
  return html`
    <${OrganizationHeading} organization=${organization} tab="">${create}<//>
    ${may('org:read') && html`<${Search} key=${organization} words=${words} organization=${organization} />`}
    <${Failure} error=${list.error} retry=${list.reload} />
    ${may('org:read') && list.loading && !list.data && html`<${Loading} what="projects" />`}
    ${list.data?.length === 0 && (words
      ? html`<${Empty} title="No project matches">Search for a part of its name or slug.<//>`
      : html`<${Empty} title="No project yet">A project is one app or service. It holds the client keys.<//>`)}
    ${list.data?.length > 0 && html`
      <ul class="rows" aria-label="Projects" aria-busy=${list.loading ? 'true' : undefined}>
        ${list.data.map(({ slug, name, platform, dateCreated }) => html`
          <li key=${slug} class="row">
            <a class="row-name" href=${href(['organizations', organization, 'projects', slug])}><${Name} of=${name} /></a>
            <span class="note"><code>${slug}</code>${platform ? ` · ${platform}` : ''} · created ${date(dateCreated)}</span>
          </li>`)}
      </ul>`}
    <${Pager} previous=${list.previous} next=${list.next}
      to=${(next) => href(['organizations', organization], { query: words, cursor: next })} />
    <${Unless} scope="project:write" to="create projects" />
    ${creating && html`
      <${CreateNamed} title="Create a project" target=${target} onClose=${() => setCreating(false)}
        to=${({ slug }) => href(['organizations', organization, 'projects', slug])} />`}`;
}

/** Searches while one types. The words are in the URL, and the field follows where something else changes the URL. */
function Search({ words, organization }) {
  const [typed, setTyped] = useState(words);
  // The words that the field or the URL had last: a timer that was set before they changed must not put older ones back.
  const last = useRef(words);
  const id = useId();
  useLayoutEffect(() => {
    if (words !== last.current) {
      last.current = words;
      setTyped(words);
    }
  }, [words]);
  // A layout effect ends with the view; another kind of effect would end a frame later, and the timer could fire before.
  useLayoutEffect(() => {
    const timer = setTimeout(() => {
      if (typed !== last.current && replace(href(['organizations', organization], { query: typed }))) {
        last.current = typed;
      }
    }, TYPING_MILLIS);
    return () => clearTimeout(timer);
  }, [typed]);
  return html`
    <div class="toolbar">
      <label for=${id}>Search projects</label>
      <input id=${id} type="search" value=${typed} onInput=${(event) => setTyped(event.target.value)} autocomplete="off" />
    </div>`;
}
