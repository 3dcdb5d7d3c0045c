/** Files of a dataset: those of a day, what waits, what was given up. */
import { html, nothing, repeat } from './vendor/lit.js';
import { Page } from './element.js';
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
    return { status, dataset, date, hour: committed ? (query.get('hour') ?? '') : '' };
  }

  refresh() {
    this.asked = location.hash;
    void this.load(() => call('/admin/files', { query: this.filter() }));
  }

  async more() {
    const page = await call('/admin/files', { query: { ...this.filter(), cursor: this.data.next } });
    this.data = { files: [...this.data.files, ...page.files], next: page.next };
    this.requestUpdate();
  }

  render() {
    const filter = this.filter();
    const set = (/** @type {string} */ field) => (/** @type {any} */ e) => changeRoute({ [field]: e.target.value });
    return html`<header class="page"><h1>Files</h1><p class="muted">Days and hours are those at which the files were put there, UTC.</p></header>
      <nav class="tabs" aria-label="Status">${STATES.map(([code, label]) => html`<a href=${to('files', { ...filter, hour: '', date: code === 'committed' ? filter.date : '', status: code })} aria-current=${filter.status === code ? 'true' : 'false'}>${label}</a>`)}
        <span class="filter">
          <label><span class="sr">Dataset</span><select .value=${filter.dataset} @change=${set('dataset')}>${me()?.datasets.map((it) => html`<option ?selected=${it.name === filter.dataset}>${it.name}</option>`)}</select></label>
          ${filter.status === 'committed' ? html`<label><span class="sr">Day, UTC</span><input type="date" .value=${filter.date} @change=${set('date')}></label>
            <label><span class="sr">Hour, UTC</span><select @change=${set('hour')}><option value="">All day</option>${HOURS.map((it) => html`<option value=${it} ?selected=${it === filter.hour}>${it}:00</option>`)}</select></label>` : nothing}
          <button type="button" @click=${() => this.refresh()}>Refresh</button></span></nav>
      ${this.error ? failure(this.error, () => this.refresh()) : !this.data ? loading('Looking for files…') : this.table(filter)}`;
  }

  /** @param {{ status: string }} filter */
  table({ status }) {
    const { files, next } = this.data;
    if (!files.length && !next)
      return empty(
        status === 'waiting' ? 'Nothing waits' : status === 'dead-letter' ? 'Nothing was given up' : 'No file was decided then',
        status === 'committed' ? html`<p class="muted">Choose another day, or <a href=${to('drop')}>drop a file</a>.</p>` : nothing);
    const committed = status === 'committed';
    return html`<section class="panel"><div class="scroll" tabindex="0" role="region" aria-label="Files"><table class="stack"><caption class="sr">Files</caption>
      <thead><tr><th scope="col">File</th><th scope="col">State</th><th scope="col" class="n">Size</th>
        ${committed ? html`<th scope="col" class="n">Accepted, rows</th><th scope="col" class="n">Rejected, rows</th><th scope="col" class="n">Generation</th><th scope="col" class="n">Dropped</th><th scope="col" class="n">Decided after</th>`
          : html`<th scope="col">Reason</th><th scope="col" class="n">Since</th>`}</tr></thead>
      <tbody>${repeat(files, (/** @type {any} */ it) => it.fileId, (it) => html`<tr><th scope="row"><a href=${to('files', {}, it.fileId)} title=${it.key}>${name(it.key)}</a></th>
        <td data-label="State">${state(it.status)}</td><td class="n" data-label="Size">${size(it.size)}</td>
        ${committed ? html`<td class="n" data-label="Accepted, rows">${count(it.records.accepted)}</td><td class="n" data-label="Rejected, rows">${count(it.records.rejected + it.records.unreadable)}</td>
            <td class="n" data-label="Generation">${it.generation}</td><td class="n" data-label="Dropped">${time(it.since)}</td><td class="n" data-label="Decided after">${duration(Date.parse(it.committedAt) - Date.parse(it.since))}</td>`
          : html`<td data-label="Reason">${it.reason ? reason(it.reason) : '–'}</td><td class="n" data-label="Since">${time(it.since)}</td>`}</tr>`)}</tbody></table></div>
      ${next ? html`<p class="more"><button type="button" @click=${() => this.more()}>Show more</button> <span class="muted">${count(files.length)} shown, there are more</span></p>` : nothing}</section>`;
  }
}
customElements.define('winnow-files', Files);
