/** The chart of one client key. */
import { html, useId, useState } from './html.js';
import { Chart } from './chart.js';
import { useRead } from './load.js';
import { span } from './text.js';
import { Failure, Loading } from './ui.js';

const HOUR = 3600;
const DAY = 86_400;
const MOST_BUCKETS = 1000;
const MOST_BARS = 100;

/** How many seconds the sums of the list of all keys reach back: the service adds up the hours that it keeps. */
export const SUMMED = Number(document.querySelector('meta[name="countersign-usage-seconds"]').content);

/** The times to choose from, in seconds, and the buckets that are asked for. The second shows what the list sums up. */
const RANGES = [
  ['24 hours', DAY, '1h'],
  [span(SUMMED), SUMMED, SUMMED > MOST_BUCKETS * HOUR ? '1d' : '1h'],
  ['90 days', 90 * DAY, '1d'],
].filter(([name], i, all) => all.findIndex(([other]) => other === name) === i);

const HOUR_LABEL = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', day: 'numeric', month: 'short' });
const DAY_LABEL = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

export function KeyUsage({ target }) {
  const [range, setRange] = useState(RANGES[1][0]);
  const [now] = useState(() => Math.floor(Date.now() / 1000));
  const id = useId();
  const [, seconds, resolution] = RANGES.find(([name]) => name === range);
  const stats = useRead(`${target}stats/`, [
    ['since', String(now - Math.max(0, seconds - (resolution === '1d' ? DAY : HOUR)))], ['until', String(now)], ['resolution', resolution],
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
    ${stats.data && html`<${Chart} buckets=${bars(stats.data)} what="Usage" />`}
    <p class="hint">The gate counts events. Days are those of UTC.</p>`;
}

/**
 * One bar for each hour or day. A long time has one for each day, whatever the buckets are. Sentry calls limited events `dropped`,
 * and those refused for another reason `filtered`.
 */
function bars(buckets) {
  const byDay = buckets.length > MOST_BARS || buckets[1]?.ts - buckets[0]?.ts === DAY;
  const found = new Map();
  for (const { ts, accepted, dropped, filtered } of buckets) {
    const start = byDay ? ts - (ts % DAY) : ts;
    const bar = found.get(start)
      ?? { label: (byDay ? DAY_LABEL : HOUR_LABEL).format(new Date(start * 1000)), accepted: 0, limited: 0, rejected: 0 };
    bar.accepted += accepted;
    bar.limited += dropped;
    bar.rejected += filtered;
    found.set(start, bar);
  }
  return [...found.values()];
}
