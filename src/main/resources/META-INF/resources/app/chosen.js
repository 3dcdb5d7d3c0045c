/** What a dialog says of the dead letters that a filter means: how it was chosen, and some of them. */
import { html, nothing } from './vendor/lit.js';
import { name, time } from './format.js';
import { cell, head } from './parts.js';
import { chosen as words, columns, parameters } from './strings.js';

/** @param {Answer.Filter} filter */
export function chosen({ reason, dataset, keyPrefix, ids }) {
  const parts = [
    reason && words.reason(reason),
    dataset && words.dataset(dataset),
    keyPrefix && words.keyPrefix(keyPrefix),
    ids && words.ids(ids.length),
  ].filter(Boolean);
  return parts.map((it, i) => (i ? html`, ${it}` : it));
}

/**
 * What a dry run has found.
 * @param {any} look @param {Answer.Filter} filter @param {string} what
 */
export function found(look, filter, what) {
  const n = look.matched;
  const others = [
    look.left && words.later(look.left),
    look.underWay && words.underWay(look.underWay),
    look.overBudget && words.tooOften(look.overBudget),
  ].filter(Boolean);
  return html`<dl class="facts"><dt>${columns.chosen}</dt><dd>${chosen(filter)}</dd>
      <dt>${parameters.matched}</dt><dd>${[words.counted(n, look.exact), ...others].join('; ')}</dd></dl>
    ${look.samples?.length ? html`<table class="stack"><caption>${n > look.samples.length ? words.first(look.samples.length, n) : what}</caption>
      <thead><tr>${head('file')}${head('detail')}${head('givenUp', 'n')}</tr></thead>
      <tbody>${look.samples.map((/** @type {any} */ it) => html`<tr><th scope="row">${name(it.key ?? it.id)}</th>${cell('detail', it.detail)}${cell('givenUp', time(it.at), 'n')}</tr>`)}</tbody></table>` : nothing}`;
}
