/** The icons, drawn on a grid of 16. They say nothing to screen readers: a word always stands beside them. */
import { html, svg } from './vendor/lit.js';

const DRAWINGS = {
  ok: svg`<circle cx="8" cy="8" r="6.5"/><path d="m5 8.2 2 2 4-4.4"/>`,
  bad: svg`<path d="M5.3 1.5h5.4l3.8 3.8v5.4l-3.8 3.8H5.3l-3.8-3.8V5.3z"/><path d="M8 4.8v4M8 11v.4"/>`,
  warn: svg`<path d="M8 1.8 14.8 14H1.2z"/><path d="M8 6.2v3.6M8 11.8v.3"/>`,
  wait: svg`<circle cx="8" cy="8" r="6.5"/><path d="M8 4.2V8l2.6 1.8"/>`,
  back: svg`<path d="M3 7.5A5.3 5.3 0 1 1 4.4 12M3 3.2v4.3h4.3"/>`,
  bin: svg`<path d="M2.5 4h11M6 4V2.2h4V4M4 4l.7 9.8h6.6L12 4M6.7 6.8v4.2M9.3 6.8v4.2"/>`,
  search: svg`<circle cx="7" cy="7" r="4.7"/><path d="m10.5 10.5 4 4"/>`,
  pause: svg`<path d="M5.5 3v10M10.5 3v10"/>`,
  menu: svg`<path d="M2 4h12M2 8h12M2 12h12"/>`,
  down: svg`<path d="M8 2v8.5M4.5 7 8 10.5 11.5 7M2.5 14h11"/>`,
  up: svg`<path d="M8 11V2.5M4.5 6 8 2.5 11.5 6M2.5 14h11"/>`,
  lock: svg`<rect x="3" y="7" width="10" height="7" rx="1"/><path d="M5.2 7V4.8a2.8 2.8 0 0 1 5.6 0V7"/>`,
  close: svg`<path d="m3.5 3.5 9 9M12.5 3.5l-9 9"/>`,
  next: svg`<path d="m6 3 5 5-5 5"/>`,
};

/** @typedef {keyof typeof DRAWINGS} Icon */

/** @param {Icon} name */
export const icon = (name) =>
  html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">${DRAWINGS[name]}</svg>`;
