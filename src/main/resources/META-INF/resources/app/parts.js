/** Pieces that several pages are made of. */
import { html, nothing } from './vendor/lit.js';
import { icon } from './icons.js';
import { outcomes, reasons, operatorsOnly } from './strings.js';
import { mayChange, Refusal } from './session.js';

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
  return html`<span class="state ${tone}">${icon(drawing)}${outcomes[code] ?? code}</span>`;
}

/** A reason in words, with its code. @param {string} code */
export const reason = (code) =>
  html`<span class="reason">${reasons[code]?.words ?? code} <code>${code}</code></span>`;

/** @param {string} words */
export const loading = (words) => html`<p class="panel quiet" role="status"><span class="pulse"></span>${words}</p>`;

/** @param {unknown} title @param {unknown} [more] */
export const empty = (title, more = nothing) =>
  html`<div class="panel quiet empty">${icon('ok')}<p><strong>${title}</strong></p>${more}</div>`;

/**
 * What went wrong, and another try.
 * @param {unknown} error
 * @param {() => void} again
 */
export function failure(error, again) {
  const status = error instanceof Refusal ? error.status : -1;
  const title =
    status === 403 ? 'Your role may not see this' : status === 404 ? 'There is no such thing' : 'This could not be loaded';
  return html`<div class="panel failure" role="alert">
    ${icon(status === 403 ? 'lock' : 'bad')}
    <p><strong>${title}</strong></p>
    <p>${error instanceof Error ? error.message : String(error)}</p>
    <button type="button" @click=${again}>Try again</button>
  </div>`;
}

/**
 * A button that changes something: for viewers it is off and says why.
 * @param {unknown} label
 * @param {() => void} act
 * @param {{ tone?: string, off?: string }} [options]
 */
export function change(label, act, { tone = '', off = '' } = {}) {
  const why = mayChange() ? off : operatorsOnly;
  return html`<button type="button" class=${tone} aria-disabled=${why ? 'true' : 'false'} title=${why || nothing}
    @click=${() => why || act()}>${mayChange() ? nothing : icon('lock')}${label}${
      why ? html`<span class="sr"> (${why})</span>` : nothing}</button>`;
}

/** Says once, above the page, why buttons are off. */
export const viewerNote = () =>
  mayChange() ? nothing : html`<p class="note">${icon('lock')}You are signed in as a viewer: what changes something is off.</p>`;

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
