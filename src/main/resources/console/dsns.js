/** The DSNs of a client key, one for each ingest host. */
import { html } from './html.js';
import { CopyLine } from './copy.js';
import { ownHost } from './snippets.js';

export function Dsns({ apiKey }) {
  const hosts = Object.entries(apiKey.dsns);
  if (hosts.length === 1) {
    return html`<${CopyLine} label="DSN" text=${apiKey.dsn.public} />`;
  }
  const own = ownHost(apiKey);
  return html`
    <div class="dsns">
      ${hosts.map(([name, urls]) => html`
        <${CopyLine} key=${name} label=${`DSN for ${name}`} text=${urls.public}
          note=${name === own ? 'the host of this project' : null} />`)}
    </div>`;
}
