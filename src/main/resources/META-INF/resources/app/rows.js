/** Rows that were not accepted: each with its line, and the cell that is the matter marked by an icon and in words. */
import { html, nothing, svg } from './vendor/lit.js';
import { icon } from './icons.js';
import { count, visible } from './format.js';

/** Column names are compared as the service does it. @param {string} name */
const normal = (name) => name.trim().toLowerCase();

/**
 * @typedef {{ field: string, code: string, message: string }} Violation
 * @param {string[]} columns
 * @param {{ line: number, violations: Violation[], cells: string[] }[]} rows
 */
export function rejectedRows(columns, rows) {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Rejected rows"><table class="cells"><caption class="sr">Rows that were not accepted</caption>
    <thead><tr><th scope="col" class="n">Line</th>${columns.map((it) => html`<th scope="col">${it}</th>`)}<th scope="col">What is wrong</th></tr></thead>
    <tbody>${rows.map((row) => html`<tr><th scope="row" class="n">${count(row.line)}</th>
      ${columns.map((column, i) => {
        const broken = row.violations.filter((it) => normal(it.field) === normal(column));
        return html`<td class=${broken.length ? 'failing' : ''}>${broken.length ? icon('bad') : nothing}${
          row.cells[i] === undefined ? html`<span class="muted">no cell</span>` : row.cells[i] === '' ? html`<span class="muted">empty</span>` : visible(row.cells[i])}${
          broken.map((it) => html`<span class="why">${it.message}</span>`)}</td>`;
      })}
      <td>${row.violations.map((it) => html`<span class="why"><code>${it.code}</code>${columns.some((c) => normal(c) === normal(it.field)) ? nothing : html` ${it.message}`}</span>`)}
        ${row.cells.length > columns.length ? html`<span class="why">${row.cells.length - columns.length} cells too many</span>` : nothing}</td></tr>`)}</tbody></table></div>`;
}

/**
 * The sum that must close, drawn.
 * @param {{ read: number, accepted: number, rejected: number, unreadable: number }} records
 */
export function sum(records) {
  const parts = [
    ['Accepted', records.accepted, 'good'],
    ['Rejected', records.rejected, 'bad'],
    ['Unreadable', records.unreadable, 'worse'],
  ];
  let from = 0;
  return html`<div class="balance">
    <svg class="bar tall" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="8"/>${parts.map(([, n, tone]) => {
      const width = records.read ? (100 * Number(n)) / records.read : 0;
      const x = from;
      from += width;
      return rect(x, width, String(tone));
    })}</svg>
    <dl class="counts"><div><dt>Rows read</dt><dd>${count(records.read)}</dd></div>${parts.map(([label, n], i) => html`<div><dt>${i ? '+' : '='} ${label}</dt><dd>${count(Number(n))}</dd></div>`)}</dl></div>`;
}

/** @param {number} x @param {number} width @param {string} tone */
const rect = (x, width, tone) => svg`<rect class=${tone} x=${x} width=${width} height="8"/>`;
