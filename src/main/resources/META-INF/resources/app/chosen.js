/** What a dialog says of the dead letters that a filter means: how it was chosen, and some of them. */
import { html, nothing } from './vendor/lit.js';
import { count, name, time } from './format.js';

/** @typedef {{ reason?: string, dataset?: string, keyPrefix?: string, ids?: string[] }} Filter */

/** @param {Filter} filter */
export function chosen({ reason, dataset, keyPrefix, ids }) {
  const parts = [
    reason && html`reason <code>${reason}</code>`,
    dataset && html`dataset <code>${dataset}</code>`,
    keyPrefix && html`key begins with <code>${keyPrefix}</code>`,
    ids && html`${count(ids.length)} chosen`,
  ].filter(Boolean);
  return parts.map((it, i) => (i ? html`, ${it}` : it));
}

/**
 * What a dry run has found.
 * @param {any} look @param {Filter} filter @param {string} what
 */
export function found(look, filter, what) {
  const n = look.matched;
  const others = [
    look.left && `${count(look.left)} more stay for later`,
    look.underWay && `${count(look.underWay)} are on their way already`,
    look.overBudget && `${count(look.overBudget)} have come back too often`,
  ].filter(Boolean);
  return html`<dl class="facts"><dt>Chosen</dt><dd>${chosen(filter)}</dd>
      <dt>Count</dt><dd>${look.exact ? 'exact' : 'of those looked at: there are more dead letters than one look is for'}${others.length ? html`; ${others.join(', ')}` : nothing}</dd></dl>
    ${look.samples?.length ? html`<table class="stack"><caption>${n > look.samples.length ? `The first ${look.samples.length} of ${count(n)}, the oldest first` : what}</caption>
      <thead><tr><th scope="col">File</th><th scope="col">Why it was given up</th><th scope="col" class="n">At</th></tr></thead>
      <tbody>${look.samples.map((/** @type {any} */ it) => html`<tr><th scope="row">${name(it.key ?? it.id)}</th><td data-label="Why">${it.detail}</td><td class="n" data-label="At">${time(it.at)}</td></tr>`)}</tbody></table>` : nothing}`;
}
