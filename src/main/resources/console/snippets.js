/** How each kind of app is told its DSN. */
import { html, useId, useState } from './html.js';
import { CopyBlock } from './copy.js';

const quote = (text) => JSON.stringify(text);

/** A name that Kubernetes allows, from the slug of a project. A slug may have no letter and no digit. */
function resourceName(slug) {
  const words = slug.toLowerCase().replace(/[^a-z0-9-]+/g, '-').replace(/^-+|-+$/g, '');
  return words ? `${words}-sentry` : 'sentry';
}

export const SNIPPETS = [
  ['Web page', (dsn, { loader }) => `<!-- Before all other scripts. It loads the SDK. -->
<script src="${loader}" crossorigin="anonymous"></script>`],
  ['JavaScript', (dsn) => `import * as Sentry from "@sentry/browser";

Sentry.init({
  dsn: ${quote(dsn)},
});`],
  ['Node.js', (dsn) => `// instrument.mjs: node --import ./instrument.mjs app.mjs
import * as Sentry from "@sentry/node";

Sentry.init({
  dsn: ${quote(dsn)},
});`],
  ['Python', (dsn) => `import sentry_sdk

sentry_sdk.init(
    dsn=${quote(dsn)},
)`],
  ['Java', (dsn) => `import io.sentry.Sentry;

Sentry.init(options -> {
    options.setDsn(${quote(dsn)});
});`],
  ['Go', (dsn) => `import "github.com/getsentry/sentry-go"

err := sentry.Init(sentry.ClientOptions{
	Dsn: ${quote(dsn)},
})`],
  ['PHP', (dsn) => `\\Sentry\\init([
    'dsn' => '${dsn.replace(/['\\]/g, '\\$&')}',
]);`],
  ['Ruby', (dsn) => `require "sentry-ruby"

Sentry.init do |config|
  config.dsn = ${quote(dsn)}
end`],
  ['.NET', (dsn) => `SentrySdk.Init(options =>
{
    options.Dsn = ${quote(dsn)};
});`],
  ['.env', (dsn, { organization, project }) => `SENTRY_DSN=${dsn}
SENTRY_ORG=${organization}
SENTRY_PROJECT=${project}`],
  ['Kubernetes Secret', (dsn, { project }) => `apiVersion: v1
kind: Secret
metadata:
  name: ${resourceName(project)}
type: Opaque
stringData:
  SENTRY_DSN: ${quote(dsn)}`],
];

/** The snippets of a key, for the ingest host that the person chooses. */
export function Snippets({ apiKey, organization, project }) {
  const hosts = Object.entries(apiKey.dsns);
  const [language, setLanguage] = useState(SNIPPETS[1][0]);
  const [host, setHost] = useState(() => ownHost(apiKey));
  const ids = [useId(), useId()];
  const make = SNIPPETS.find(([name]) => name === language)[1];
  const { public: dsn, cdn: loader } = apiKey.dsns[host] ?? apiKey.dsn;
  return html`
    <div class="snippets">
      <div class="choices">
        <div>
          <label for=${ids[0]}>Platform</label>
          <select id=${ids[0]} value=${language} onChange=${(event) => setLanguage(event.target.value)}>
            ${SNIPPETS.map(([name]) => html`<option key=${name} value=${name}>${name}</option>`)}
          </select>
        </div>
        ${hosts.length > 1 && html`
          <div>
            <label for=${ids[1]}>Ingest host</label>
            <select id=${ids[1]} value=${host} onChange=${(event) => setHost(event.target.value)}>
              ${hosts.map(([name]) => html`<option key=${name} value=${name}>${name}</option>`)}
            </select>
          </div>`}
      </div>
      <${CopyBlock} text=${make(dsn, { loader, organization, project })} what=${`${language} snippet`} />
    </div>`;
}

/** The host that the key's own DSN names, which the project or the organization may have chosen. */
export function ownHost(apiKey) {
  const found = Object.entries(apiKey.dsns).find(([, urls]) => urls.public === apiKey.dsn.public);
  return found ? found[0] : Object.keys(apiKey.dsns)[0];
}
