/** Charts as plain SVG, each with the table of the same figures. */
import { html, svg } from './vendor/lit.js';
import { moment, time } from './format.js';
import { head, table } from './parts.js';
import { to } from './route.js';
import { charts as words, count, parts, percent } from './strings.js';

const WIDTH = 600;
const HEIGHT = 120;

/** A round figure that is not below. @param {number} most */
function ceiling(most) {
  if (most < 4) return 4;
  const power = 10 ** Math.floor(Math.log10(most));
  return ([1, 2, 4, 5, 10].find((it) => it * power >= most) ?? 10) * power;
}

/**
 * Rows by the minute, those accepted below and the others above.
 * @param {Answer.Minute[]} minutes
 */
export function throughput(minutes) {
  const rows = minutes.map((it) => ({ at: it.at, good: it.accepted, bad: it.rejected + it.unreadable, files: it.files }));
  const top = ceiling(Math.max(...rows.map((it) => it.good + it.bad), 1));
  const step = WIDTH / rows.length;
  const high = (/** @type {number} */ n) => (n && Math.max(1.5, (HEIGHT * n) / top));
  const total = rows.reduce((sum, it) => sum + it.good + it.bad, 0);
  const worked = rows.filter((it) => it.files || it.good || it.bad).reverse();
  return html`<figure class="chart">
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img"
      aria-label=${words.drawn(total)}>
      ${[0, 0.5, 1].map((at) => svg`<line class="grid" x1="0" x2=${WIDTH} y1=${at * HEIGHT} y2=${at * HEIGHT} vector-effect="non-scaling-stroke"/>`)}
      ${rows.map((it, i) => {
        const good = high(it.good);
        const bad = high(it.bad);
        return svg`<rect class="good" x=${i * step + 1} width=${step - 2} y=${HEIGHT - good} height=${good}/>
          <rect class="bad" x=${i * step + 1} width=${step - 2} y=${HEIGHT - good - bad} height=${bad}/>`;
      })}
    </svg>
    <figcaption><span>${time(rows[0]?.at)}</span><span class="legend"><i class="good"></i>${words.accepted}<i class="bad"></i>${words.rejected}
      <span class="top">${words.top(top)}</span></span><span>${words.now}</span></figcaption>
    <details><summary>${words.asTable}</summary>
      ${table(words.caption, words.caption,
        [head('minute'), head('files', 'n'), head('accepted', 'n'), head('rejected', 'n')],
        worked.length
          ? worked.map((it) => html`<tr><th scope="row">${time(it.at)}</th><td class="n"><a href=${to('files', { status: 'latest', minute: it.at })} aria-label=${words.filesOf(it.files, moment(it.at))}>${count(it.files)}</a></td><td class="n">${count(it.good)}</td><td class="n">${count(it.bad)}</td></tr>`)
          : html`<tr><td colspan="4" class="muted">${words.none}</td></tr>`, '')}
    </details>
  </figure>`;
}

/**
 * How large a part of the whole is.
 * @param {number} part @param {number} all @param {string} [tone]
 */
export const bar = (part, all, tone = 'bad') =>
  html`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="8" rx="2"/><rect class=${tone}
    width=${all ? Math.max(1, (100 * part) / all) : 0} height="8" rx="2"/></svg>`;

/**
 * Codes and how often each was given, the commonest first, each with a link to its files where there are any.
 * @param {Record<string, number>} codes
 * @param {string} caption
 * @param {(code: string) => string} [files]
 */
export function codes(codes, caption, files) {
  const sorted = Object.entries(codes).sort((a, b) => b[1] - a[1]);
  const all = sorted.reduce((sum, [, n]) => sum + n, 0);
  return html`<table class="codes"><caption class="sr">${caption}</caption>
    <thead><tr>${head('code')}${head('times', 'n')}${head('share', 'n')}<th scope="col"><span class="sr">${words.shareDrawn}</span></th></tr></thead>
    <tbody>${sorted.map(([code, n]) => html`<tr><th scope="row"><code>${code}</code></th><td class="n">${files ? html`<a href=${files(code)} aria-label=${parts.filesWith(n, code)}>${count(n)}</a>` : count(n)}</td><td class="n">${percent(n, all)}</td><td class="wide">${bar(n, all)}</td></tr>`)}</tbody></table>`;
}
