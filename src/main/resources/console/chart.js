/** Small charts of usage: events that were accepted, limited and rejected. */
import { html } from './html.js';
import { compact, number } from './text.js';

export const SERIES = [['accepted', 'Accepted'], ['limited', 'Limited'], ['rejected', 'Rejected']];

const HEIGHT = 96;
const STEP = 10;
const GAP = 2;

/** Stacked bars. `buckets` are [{label, accepted, limited, rejected}], in order of time. */
export function Chart({ buckets, what }) {
  const totals = SERIES.map(([name]) => buckets.reduce((sum, bucket) => sum + bucket[name], 0));
  const highest = Math.max(...buckets.map(total), 1);
  const words = SERIES.map(([, label], i) => `${label.toLowerCase()} ${number(totals[i])}`).join(', ');
  return html`
    <figure class="chart">
      <figcaption>
        <ul class="legend">
          ${SERIES.map(([name, label], i) => html`
            <li><span class=${`swatch ${name}`} aria-hidden="true"></span>${label} <strong>${compact(totals[i])}</strong></li>`)}
        </ul>
      </figcaption>
      <div class="plot">
        <svg viewBox=${`0 0 ${buckets.length * STEP} ${HEIGHT}`} preserveAspectRatio="none" role="img"
          aria-label=${`${what}: ${words}`}>
          ${buckets.map((bucket, i) => html`<${Bar} bucket=${bucket} x=${i * STEP} highest=${highest} />`)}
        </svg>
        ${buckets.some(total)
          ? html`<span class="highest" aria-hidden="true">${compact(highest)}</span>`
          : html`<p class="nothing">No event came in this time.</p>`}
      </div>
      <div class="axis" aria-hidden="true"><span>${buckets[0]?.label}</span><span>${buckets.at(-1)?.label}</span></div>
      <details>
        <summary>Numbers</summary>
        <div class="scroll" tabindex="0" role="region" aria-label=${`Numbers of ${what}`}>
          <table>
            <thead><tr><th scope="col">Time</th>${SERIES.map(([, label]) => html`<th scope="col">${label}</th>`)}</tr></thead>
            <tbody>
              ${buckets.filter(total).reverse().map((bucket) => html`
                <tr><th scope="row">${bucket.label}</th>${SERIES.map(([name]) => html`<td>${number(bucket[name])}</td>`)}</tr>`)}
              ${!buckets.some(total) && html`<tr><td colspan="4">No event came in this time.</td></tr>`}
            </tbody>
          </table>
        </div>
      </details>
    </figure>`;
}

function Bar({ bucket, x, highest }) {
  let top = HEIGHT;
  return SERIES.map(([name]) => {
    const height = (bucket[name] / highest) * HEIGHT;
    top -= height;
    return height > 0 && html`
      <rect class=${name} x=${x + GAP / 2} y=${top} width=${STEP - GAP} height=${height}><title>${
        `${bucket.label}: ${name} ${number(bucket[name])}`}</title></rect>`;
  });
}

/** One line that shows the shares of a key. */
export function Shares({ of }) {
  const all = total(of);
  let x = 0;
  return html`
    <svg class="shares" viewBox="0 0 100 6" preserveAspectRatio="none" role="img"
      aria-label=${SERIES.map(([name, label]) => `${label.toLowerCase()} ${number(of[name])}`).join(', ')}>
      <rect class="none" x="0" y="0" width="100" height="6" />
      ${all > 0 && SERIES.map(([name]) => {
        const width = (of[name] / all) * 100;
        x += width;
        return width > 0 && html`<rect class=${name} x=${x - width} y="0" width=${width} height="6" />`;
      })}
    </svg>`;
}

export function total(of) {
  return of.accepted + of.limited + of.rejected;
}
