/** The organizations of the caller. */
import { html, useEffect, useState } from './html.js';
import { path, SENTRY } from './api.js';
import { CreateNamed } from './create-named.js';
import { useRead } from './load.js';
import { href, replace } from './route.js';
import { current } from './session.js';
import { date } from './text.js';
import { Button, Empty, Failure, Heading, Loading, Name, Pager } from './ui.js';

/** The number of the sign-in after which the only organization was opened. Later the list can be looked at. */
let opened = 0;

export function OrganizationsView({ query }) {
  const [creating, setCreating] = useState(false);
  const cursor = query.get('cursor');
  const list = useRead(path(SENTRY, 'organizations'), [['per_page', '50'], ...(cursor ? [['cursor', cursor]] : [])]);
  const { caller, signIns } = current();
  useEffect(() => {
    if (list.data?.length === 1 && !caller.operator && opened !== signIns) {
      replace(href(['organizations', list.data[0].slug]));
    }
    if (list.data) {
      opened = signIns;
    }
  }, [list.data]);
  const create = caller.operator
    && html`<${Button} kind="primary" onClick=${() => setCreating(true)}>Create organization<//>`;
  return html`
    <${Heading} title="Organizations">${create}<//>
    <${Failure} error=${list.error} retry=${list.reload} />
    ${list.loading && !list.data && html`<${Loading} what="organizations" />`}
    ${list.data?.length === 0 && html`
      <${Empty} title="No organization yet">
        ${caller.operator ? 'Create one. It holds projects, and projects hold client keys.' : 'The operator creates organizations.'}
      <//>`}
    ${list.data?.length > 0 && html`
      <ul class="rows" aria-label="Organizations">
        ${list.data.map(({ slug, name, dateCreated }) => html`
          <li key=${slug} class="row">
            <a class="row-name" href=${href(['organizations', slug])}><${Name} of=${name} /></a>
            <span class="note"><code>${slug}</code> · created ${date(dateCreated)}</span>
          </li>`)}
      </ul>`}
    <${Pager} previous=${list.previous} next=${list.next} to=${(next) => href([], { cursor: next })} />
    ${creating && html`
      <${CreateNamed} title="Create an organization" target=${path(SENTRY, 'organizations')}
        onClose=${() => setCreating(false)} to=${({ slug }) => href(['organizations', slug])} />`}`;
}
