/** Rows that were not accepted: each with its line, and the cell that is the matter marked by an icon and in words. */
import { html, nothing, svg } from './vendor/lit.js';
import { icon } from './icons.js';
import { visible } from './format.js';
import { head, table } from './parts.js';
import { count, parts as words } from './strings.js';

/** Column names are compared as the service does it. @param {string} name */
const normal = (name) => name.trim().toLowerCase();

/**
 * @param {string[]} columns
 * @param {Answer.Row[]} rows
 */
export function rejectedRows(columns, rows) {
  return table(words.rejectedRows, words.rejectedCaption,
    [head('line', 'n'), ...columns.map((it) => html`<th scope="col">${it}</th>`), head('wrong')],
    rows.map((row) => html`<tr><th scope="row" class="n">${count(row.line)}</th>
      ${columns.map((column, i) => {
        const broken = row.violations.filter((it) => normal(it.field) === normal(column));
        return html`<td class=${broken.length ? 'failing' : ''}>${broken.length ? icon('bad') : nothing}${
          row.cells[i] === undefined ? html`<span class="muted">${words.noCell}</span>` : row.cells[i] === '' ? html`<span class="muted">${words.emptyCell}</span>` : visible(row.cells[i])}${
          broken.map((it) => html`<span class="why">${it.message}</span>`)}</td>`;
      })}
      <td>${row.violations.map((it) => html`<span class="why"><code>${it.code}</code>${columns.some((c) => normal(c) === normal(it.field)) ? nothing : html` ${it.message}`}</span>`)}
        ${row.cells.length > columns.length ? html`<span class="why">${words.extraCells(row.cells.length - columns.length)}</span>` : nothing}</td></tr>`), 'cells');
}

/**
 * The sum that must close, drawn.
 * @param {Answer.Records} records
 */
export function sum(records) {
  const summands = [
    [words.accepted, records.accepted, 'good'],
    [words.rejected, records.rejected, 'bad'],
    [words.unreadable, records.unreadable, 'worse'],
  ];
  let from = 0;
  return html`<div class="balance">
    <svg class="bar tall" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="8"/>${summands.map(([, n, tone]) => {
      const width = records.read ? (100 * Number(n)) / records.read : 0;
      const x = from;
      from += width;
      return rect(x, width, String(tone));
    })}</svg>
    <dl class="counts"><div><dt>${words.read}</dt><dd>${count(records.read)}</dd></div>${summands.map(([label, n], i) => html`<div><dt>${i ? '+' : '='} ${label}</dt><dd>${count(Number(n))}</dd></div>`)}</dl></div>`;
}

/** @param {number} x @param {number} width @param {string} tone */
const rect = (x, width, tone) => svg`<rect class=${tone} x=${x} width=${width} height="8"/>`;
