/** The chart of one client key. */
import { html, useId, useState } from './html.js';
import { Chart } from './chart.js';
import { useRead } from './load.js';
import { Failure, Loading } from './ui.js';

const DAY = 86_400;
const RANGES = [['24 hours', DAY, '1h'], ['30 days', 29 * DAY, '1d'], ['90 days', 89 * DAY, '1d']];

const HOUR_LABEL = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', day: 'numeric', month: 'short' });
const DAY_LABEL = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

export function KeyUsage({ target }) {
  const [range, setRange] = useState(RANGES[1][0]);
  const [now] = useState(() => Math.floor(Date.now() / 1000));
  const id = useId();
  const [, seconds, resolution] = RANGES.find(([name]) => name === range);
  const stats = useRead(`${target}stats/`, [
    ['since', String(now - seconds)], ['until', String(now)], ['resolution', resolution],
  ]);
  return html`
    <div class="toolbar">
      <label for=${id}>Time</label>
      <select id=${id} value=${range} onChange=${(event) => setRange(event.target.value)}>
        ${RANGES.map(([name]) => html`<option key=${name} value=${name}>Last ${name}</option>`)}
      </select>
    </div>
    <${Failure} error=${stats.error} retry=${stats.reload} />
    ${stats.loading && !stats.data && html`<${Loading} what="usage" />`}
    ${stats.data && html`<${Chart} buckets=${stats.data.map((bucket) => bucketOf(bucket, resolution))} what="Usage" />`}
    <p class="hint">The gate counts events. Days are those of UTC.</p>`;
}

/** Sentry calls limited events `dropped`, and those that were refused for another reason `filtered`. */
function bucketOf({ ts, accepted, dropped, filtered }, resolution) {
  const label = (resolution === '1d' ? DAY_LABEL : HOUR_LABEL).format(new Date(ts * 1000));
  return { label, accepted, limited: dropped, rejected: filtered };
}
