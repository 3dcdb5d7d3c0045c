/** Files of a dataset: those of a day, what waits, what was given up. */
import { html, nothing, repeat } from './vendor/lit.js';
import { Page } from './element.js';
import { icon } from './icons.js';
import { call, me } from './session.js';
import { onChoice } from './settings.js';
import { count, duration, name, size, time } from './format.js';
import { empty, failure, loading, reason, state } from './parts.js';
import { change as changeRoute, current, to } from './route.js';

const STATES = [
  ['committed', 'Decided'],
  ['waiting', 'Waiting'],
  ['dead-letter', 'Given up'],
];
/** How many files a page looks at for those with a code. */
const LOOKED = 500;
const HOURS = Array.from({ length: 24 }, (_, i) => String(i).padStart(2, '0'));

class Files extends Page {
  constructor() {
    super();
    this.asked = '';
  }

  connectedCallback() {
    super.connectedCallback();
    const route = () => {
      if (current().page === 'files' && !current().id && this.asked !== location.hash) this.refresh();
    };
    addEventListener('hashchange', route);
    this.ends.push(() => removeEventListener('hashchange', route), onChoice(() => this.requestUpdate()));
    this.refresh();
  }

  filter() {
    const { query } = current();
    const status = query.get('status') ?? 'committed';
    const dataset = query.get('dataset') ?? me()?.datasets[0]?.name ?? '';
    const committed = status === 'committed';
    const date = committed ? (query.get('date') ?? new Date().toISOString().slice(0, 10)) : '';
    const only = (/** @type {string} */ field) => (committed ? (query.get(field) ?? '') : '');
    return { status, dataset, date, hour: only('hour'), code: only('code') };
  }

  /** @param {string} [cursor] */
  page(cursor) {
    const filter = this.filter();
    return call('/admin/files', { query: { ...filter, cursor, limit: filter.code ? LOOKED : undefined } });
  }

  refresh() {
    this.asked = location.hash;
    void this.load(() => this.page());
  }

  async more() {
    const page = await this.page(this.data.next);
    this.data = { files: [...this.data.files, ...page.files], looked: this.data.looked + page.looked, next: page.next };
    this.requestUpdate();
  }

  render() {
    const filter = this.filter();
    const set = (/** @type {string} */ field) => (/** @type {any} */ e) => changeRoute({ [field]: e.target.value });
    return html`<header class="page"><h1>Files</h1><p class="muted">Days and hours are those at which the files were put there, UTC.</p></header>
      <nav class="tabs" aria-label="Status">${STATES.map(([code, label]) => html`<a href=${to('files', { ...filter, hour: '', code: '', date: code === 'committed' ? filter.date : '', status: code })} aria-current=${filter.status === code ? 'true' : 'false'}>${label}</a>`)}
        <span class="filter">
          <label><span class="sr">Dataset</span><select .value=${filter.dataset} @change=${set('dataset')}>${me()?.datasets.map((it) => html`<option ?selected=${it.name === filter.dataset}>${it.name}</option>`)}</select></label>
          ${filter.status === 'committed' ? html`<label><span class="sr">Day, UTC</span><input type="date" .value=${filter.date} @change=${set('date')}></label>
            <label><span class="sr">Hour, UTC</span><select @change=${set('hour')}><option value="">All day</option>${HOURS.map((it) => html`<option value=${it} ?selected=${it === filter.hour}>${it}:00</option>`)}</select></label>` : nothing}
          <button type="button" @click=${() => this.refresh()}>Refresh</button></span></nav>
      ${filter.code ? html`<p class="note">Only files with rows rejected for <code>${filter.code}</code> <a class="button" href=${to('files', { ...filter, code: '' })}>${icon('close')}Show all files</a></p>` : nothing}
      ${this.error ? failure(this.error, () => this.refresh()) : !this.data ? loading('Looking for files…') : this.table(filter)}`;
  }

  /** @param {{ status: string, code: string }} filter */
  table({ status, code }) {
    const { files, looked, next } = this.data;
    if (!files.length && !next)
      return empty(
        status === 'waiting' ? 'Nothing waits' : status === 'dead-letter' ? 'Nothing was given up' : code ? 'No file of that day or hour has it' : 'No file was decided then',
        status === 'committed' ? html`<p class="muted">Choose another day, or <a href=${to('drop')}>drop a file</a>.</p>` : nothing);
    const committed = status === 'committed';
    return html`<section class="panel"><div class="scroll" tabindex="0" role="region" aria-label="Files"><table class="stack"><caption class="sr">Files</caption>
      <thead><tr><th scope="col">File</th><th scope="col">State</th><th scope="col" class="n">Size</th>
        ${code ? html`<th scope="col" class="n">Times</th>` : nothing}${committed ? html`<th scope="col" class="n">Accepted, rows</th><th scope="col" class="n">Rejected, rows</th><th scope="col" class="n">Generation</th><th scope="col" class="n">Dropped</th><th scope="col" class="n">Decided after</th>`
          : html`<th scope="col">Reason</th><th scope="col" class="n">Since</th>`}</tr></thead>
      <tbody>${repeat(files, (/** @type {any} */ it) => it.fileId, (it) => html`<tr><th scope="row"><a href=${to('files', {}, it.fileId)} title=${it.key}>${name(it.key)}</a></th>
        <td data-label="State">${state(it.status)}</td><td class="n" data-label="Size">${size(it.size)}</td>
        ${code ? html`<td class="n" data-label="Times">${count(it.violations[code] ?? 0)}</td>` : nothing}
        ${committed ? html`<td class="n" data-label="Accepted, rows">${count(it.records.accepted)}</td><td class="n" data-label="Rejected, rows">${count(it.records.rejected + it.records.unreadable)}</td>
            <td class="n" data-label="Generation">${it.generation}</td><td class="n" data-label="Dropped">${time(it.since)}</td><td class="n" data-label="Decided after">${duration(Date.parse(it.committedAt) - Date.parse(it.since))}</td>`
          : html`<td data-label="Reason">${it.reason ? reason(it.reason) : '–'}</td><td class="n" data-label="Since">${time(it.since)}</td>`}</tr>`)}</tbody></table></div>
      ${next || code ? html`<p class="more">${next ? html`<button type="button" @click=${() => this.more()}>${code ? 'Look further' : 'Show more'}</button> ` : nothing}<span class="muted">${
        code ? `${count(files.length)} of the ${next ? 'first ' : ''}${count(looked)} files looked at${next ? ', there are more' : ''}` : `${count(files.length)} shown, there are more`}</span></p>` : nothing}</section>`;
  }
}
customElements.define('winnow-files', Files);
