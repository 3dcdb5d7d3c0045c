/** Pieces that several pages are made of. */
import { html, nothing } from './vendor/lit.js';
import { icon } from './icons.js';
import { columns, parts as words, reasons, states } from './strings.js';
import { mayChange, Refusal, told } from './session.js';

/** @type {Record<string, [import('./icons.js').Icon, string]>} */
const LOOKS = {
  committed: ['ok', 'ok'],
  done: ['ok', 'ok'],
  'dead-letter': ['bad', 'bad'],
  open: ['bad', 'bad'],
  waiting: ['wait', 'calm'],
  redriven: ['back', 'warn'],
  running: ['back', 'warn'],
  paused: ['pause', 'warn'],
  discarded: ['bin', 'calm'],
  cancelled: ['close', 'calm'],
};

/** A state: icon, word and colour. @param {string} code */
export function state(code) {
  const [drawing, tone] = LOOKS[code] ?? ['wait', 'calm'];
  return html`<span class="state ${tone}">${icon(drawing)}${states[code] ?? code}</span>`;
}

/** A reason in words, with its code. @param {string} code */
export const reason = (code) =>
  html`<span class="reason">${reasons[code]?.means ?? code} <code>${code}</code></span>`;

/** The top of a page. @param {unknown} title @param {unknown} lead */
export const heading = (title, lead) => html`<header class="page"><h1>${title}</h1><p class="muted">${lead}</p></header>`;

/** Something that has just come about. @param {'ok' | 'warn' | 'bad'} tone @param {unknown} what */
export const notice = (tone, what) => html`<p class="alert ${tone}" role=${tone === 'ok' ? 'status' : 'alert'}>${icon(tone)}${what}</p>`;

/** Below a list that goes on. @param {unknown} shown @param {() => void} more */
export const more = (shown, more) =>
  html`<p class="more"><button type="button" @click=${more}>${words.showMore}</button> <span class="muted">${shown}</span></p>`;

/** @param {unknown} what */
export const loading = (what) => html`<p class="panel quiet" role="status"><span class="pulse"></span>${what}</p>`;

/** @param {unknown} title @param {unknown} [more] */
export const empty = (title, more = nothing) =>
  html`<div class="panel quiet empty">${icon('ok')}<p><strong>${title}</strong></p>${more}</div>`;

/**
 * What went wrong, and another try.
 * @param {unknown} error
 * @param {() => void} again
 * @param {string} [what]
 */
export function failure(error, again, what = words.failed) {
  const status = error instanceof Refusal ? error.status : -1;
  const title = status === 403 ? words.hidden : status === 404 ? words.notFound : what;
  return html`<div class="panel failure" role="alert">
    ${icon(status === 403 ? 'lock' : 'bad')}
    <p><strong>${title}</strong></p>
    <p>${told(error)}</p>
    <button type="button" @click=${again}>${words.tryAgain}</button>
  </div>`;
}

/**
 * A button that changes something: for viewers it is off and says why.
 * @param {unknown} label
 * @param {() => void} act
 * @param {{ tone?: string, off?: string }} [options]
 */
export function change(label, act, { tone = '', off = '' } = {}) {
  const why = mayChange() ? off : words.operatorsOnly;
  return html`<button type="button" class=${tone} aria-disabled=${why ? 'true' : 'false'} title=${why || nothing}
    @click=${() => why || act()}>${mayChange() ? nothing : icon('lock')}${label}${
      why ? html`<span class="sr">${words.because(why)}</span>` : nothing}</button>`;
}

/** Says once, above the page, why buttons are off. */
export const viewerNote = () =>
  mayChange() ? nothing : html`<p class="note">${icon('lock')}${words.viewer}</p>`;

/**
 * A table; where it is too wide it scrolls.
 * @param {string} title
 * @param {string} caption
 * @param {unknown} heads
 * @param {unknown} rows
 * @param {string} [look] - `stack`: on a narrow screen a row is a list
 */
export const table = (title, caption, heads, rows, look = 'stack') =>
  html`<div class="scroll" tabindex="0" role="region" aria-label=${title}><table class=${look}><caption class="sr">${caption}</caption>
    <thead><tr>${heads}</tr></thead><tbody>${rows}</tbody></table></div>`;

/** @typedef {keyof typeof columns} Column */

/** What stands over a column. @param {Column} column @param {string} [look] - `n`: numbers */
export const head = (column, look = '') => html`<th scope="col" class=${look}>${columns[column]}</th>`;

/** A cell, and for narrow screens what stands over it. @param {Column} column @param {unknown} content @param {string} [look] */
export const cell = (column, content, look = '') => html`<td class=${look} data-label=${columns[column]}>${content}</td>`;

/** Asks for a note. @param {{ note: string }} of */
export const note = (of) =>
  html`<label>${words.note}<input maxlength="1000" .value=${of.note} @input=${(/** @type {any} */ e) => (of.note = e.target.value)}></label>`;

/**
 * A dialog that is open as long as it is in the page.
 * @param {string} title
 * @param {unknown} content
 * @param {() => void} close
 */
export function dialog(title, content, close) {
  return html`<winnow-dialog .heading=${title} .content=${content} .close=${close}></winnow-dialog>`;
}

/** Saves a text as a file. @param {string} name @param {string} text @param {string} type */
export function save(name, text, type) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
