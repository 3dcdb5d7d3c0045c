/** Sizes, durations and moments as they are read, and cells with what cannot be seen. */
import { html } from './vendor/lit.js';
import { zone } from './settings.js';
import { decimal, units, unseen } from './strings.js';

/** @param {number} bytes */
export function size(bytes) {
  const power = bytes < 1024 ? 0 : Math.min(4, Math.floor(Math.log2(bytes) / 10));
  return units.bytes(decimal(bytes / 2 ** (10 * power)), power);
}

/** @param {number} ms */
export function duration(ms) {
  if (ms < 1000) return units.milliseconds(Math.max(0, Math.round(ms)));
  if (ms < 60_000) return units.seconds(decimal(ms / 1000));
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 60) return units.minutes(minutes);
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? units.hours(hours, minutes % 60) : units.days(Math.floor(hours / 24));
}

/**
 * A moment: the time alone where it is of today, the date too where it is not.
 * @param {string} iso
 */
export function moment(iso) {
  const at = new Date(iso);
  const timeZone = zone() === 'utc' ? 'UTC' : undefined;
  const day = new Intl.DateTimeFormat('sv', { timeZone }).format;
  const time = new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'medium' }).format(at);
  return day(at) === day(new Date()) ? time : `${day(at)} ${time}`;
}

/** @param {string | undefined} iso */
export const time = (iso) =>
  iso ? html`<time datetime=${iso} title=${new Date(iso).toISOString()}>${moment(iso)}</time>` : '–';

/** The last part of a key. @param {string} key */
export const name = (key) => key.slice(key.lastIndexOf('/') + 1) || key;

const DRAWN = new Map([[' ', '␠'], ['\u00a0', '⍽'], ['\t', '⇥'], ['\n', '↵'], ['\r', '␍']]);
// Blanks at either end, two or more in a row, and whatever cannot be seen anywhere.
const UNSEEN =
  /^ +| +$| {2,}|[\u0000-\u001f\u007f-\u00a0\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufffd]/gu;

/**
 * A cell with what cannot be seen drawn.
 * @param {string} text
 */
export function visible(text) {
  const parts = [];
  let from = 0;
  for (const match of text.matchAll(UNSEEN)) {
    parts.push(text.slice(from, match.index));
    for (const c of match[0]) {
      const code = `U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
      const word = unseen[c] ?? code;
      parts.push(html`<span class="unseen" title=${word}><span aria-hidden="true">${DRAWN.get(c) ?? code}</span
        ><span class="sr">[${word}]</span></span>`);
    }
    from = match.index + match[0].length;
  }
  parts.push(text.slice(from));
  return parts;
}
