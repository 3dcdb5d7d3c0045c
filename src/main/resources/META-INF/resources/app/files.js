/** Files: those of the last hour or of a day, what waits, what was given up. */
import { html, nothing, repeat } from './vendor/lit.js';
import { Page } from './element.js';
import { icon } from './icons.js';
import { call, me } from './session.js';
import { onChoice } from './settings.js';
import { count, duration, name, size, time } from './format.js';
import { empty, failure, loading, reason, state } from './parts.js';
import { change as changeRoute, current, to } from './route.js';

const STATES = [
  ['latest', 'Last hour'],
  ['committed', 'By day'],
  ['waiting', 'Waiting'],
  ['dead-letter', 'Given up'],
];
/** These are of all datasets unless one is chosen. */
const OF_ALL = ['latest', 'waiting'];
/** So many of those of the last hour are drawn at first. */
const DRAWN = 100;
/** How many files a page looks at for those with a code. */
const LOOKED = 500;
/** So many pages without anything that waits are passed over at once. */
const MOST_PAGES = 5;
const HOURS = Array.from({ length: 24 }, (_, i) => String(i).padStart(2, '0'));

class Files extends Page {
  constructor() {
    super();
    this.asked = '';
    this.drawn = DRAWN;
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
    const dataset = query.get('dataset') ?? (OF_ALL.includes(status) ? '' : (me()?.datasets[0]?.name ?? ''));
    const committed = status === 'committed';
    const date = committed ? (query.get('date') ?? new Date().toISOString().slice(0, 10)) : '';
    const code = committed || status === 'latest' ? (query.get('code') ?? '') : '';
    return { status, dataset, date, hour: committed ? (query.get('hour') ?? '') : '', code };
  }

  /** @param {string} [cursor] */
  async page(cursor) {
    const { status, ...filter } = this.filter();
    if (status === 'latest') return call('/admin/latest-files', { query: { dataset: filter.dataset, code: filter.code } });
    const ask = (/** @type {string | undefined} */ after) =>
      call('/admin/files', { query: { ...filter, status, cursor: after, limit: filter.code ? LOOKED : undefined } });
    const page = await ask(cursor);
    if (status !== 'waiting') return page;
    // What was given up lies there too, but waits for nothing; behind it something may.
    const waits = (/** @type {any} */ it) => !it.reason;
    let found = { ...page, files: page.files.filter(waits) };
    for (let pages = 1; !found.files.length && found.next && pages < MOST_PAGES; pages += 1) {
      const more = await ask(found.next);
      found = { files: more.files.filter(waits), looked: found.looked + more.looked, next: more.next };
    }
    // Where these are all, the oldest first.
    if (!cursor && !found.next) found.files.sort((/** @type {any} */ a, /** @type {any} */ b) => Date.parse(a.since) - Date.parse(b.since));
    return found;
  }

  refresh() {
    // What another filter has found is not shown under this one.
    if (this.asked !== location.hash) this.data = undefined;
    this.asked = location.hash;
    this.drawn = DRAWN;
    void this.load(() => this.page());
  }

  more() {
    this.drawn += DRAWN;
    this.requestUpdate();
    const before = this.data;
    if (before.next)
      void this.load(async () => {
        const page = await this.page(before.next);
        return { files: [...before.files, ...page.files], looked: before.looked + page.looked, next: page.next };
      });
  }

  render() {
    const filter = this.filter();
    const set = (/** @type {string} */ field) => (/** @type {any} */ e) => changeRoute({ [field]: e.target.value });
    const { query } = current();
    const all = OF_ALL.includes(filter.status);
    const committed = filter.status === 'committed';
    return html`<header class="page"><h1>Files</h1><p class="muted">${filter.status === 'latest' ? 'Those decided in the last hour, whenever they were put there; by their first decision.' : committed ? 'Days and hours are those at which the files were put there, UTC.' : filter.status === 'waiting' ? 'What lies in incoming/ and was neither decided nor given up.' : 'What could not be read and was not decided since.'}</p></header>
      <nav class="tabs" aria-label="Status">${STATES.map(([code, label]) => html`<a href=${to('files', { dataset: query.get('dataset') ?? '', date: code === 'committed' ? (query.get('date') ?? '') : '', status: code })} aria-current=${filter.status === code ? 'true' : 'false'}>${label}</a>`)}
        <span class="filter">
          <label><span class="sr">Dataset</span><select @change=${set('dataset')}>${all ? html`<option value="" ?selected=${!filter.dataset}>All datasets</option>` : nothing}${me()?.datasets.map((it) => html`<option ?selected=${it.name === filter.dataset}>${it.name}</option>`)}</select></label>
          ${committed ? html`<label><span class="sr">Day, UTC</span><input type="date" .value=${filter.date} @change=${set('date')}></label>
            <label><span class="sr">Hour, UTC</span><select @change=${set('hour')}><option value="">All day</option>${HOURS.map((it) => html`<option value=${it} ?selected=${it === filter.hour}>${it}:00</option>`)}</select></label>` : nothing}
          <button type="button" @click=${() => this.refresh()}>Refresh</button></span></nav>
      ${filter.code ? html`<p class="note">Only files with rows rejected for <code>${filter.code}</code> <a class="button" href=${to('files', { ...filter, code: '' })}>${icon('close')}Show all files</a></p>` : nothing}
      ${this.error ? failure(this.error, () => this.refresh()) : !this.data ? loading('Looking for files…') : this.table(filter)}`;
  }

  /** What the figures of the overview are of. @param {any} data @param {string} code */
  sum({ files, since, exact }, code) {
    const of = (/** @type {(it: any) => number} */ n) => files.reduce((/** @type {number} */ all, /** @type {any} */ it) => all + n(it), 0);
    return html`<p class="sum"><strong>${count(files.length)}</strong> ${files.length === 1 ? 'file' : 'files'} decided since ${time(since)}, ${
      code ? html`<strong>${count(of((it) => it.violations[code]))}</strong> times <code>${code}</code>`
        : html`with <strong>${count(of((it) => it.records.read))}</strong> rows, of which <strong>${count(of((it) => it.records.rejected + it.records.unreadable))}</strong> rejected`}${
      exact ? nothing : ', of the newest 1,000 files'}</p>`;
  }

  /** @param {string} status @param {string} code */
  none(status, code) {
    const day = html`<p class="muted">Look <a href=${to('files')}>by day</a>, or <a href=${to('drop')}>drop a file</a>.</p>`;
    switch (status) {
      case 'latest': return empty(code ? 'No file of the last hour has it' : 'No file was decided in the last hour', day);
      case 'waiting': return empty('Nothing waits');
      case 'dead-letter': return empty('Nothing was given up');
      default: return empty(code ? 'No file of that day or hour has it' : 'No file was decided then', html`<p class="muted">Choose another day, or <a href=${to('drop')}>drop a file</a>.</p>`);
    }
  }

  /** @param {{ status: string, code: string }} filter */
  table({ status, code }) {
    const { looked, next } = this.data;
    if (!this.data.files.length)
      return next
        ? empty(`None among the first ${count(looked)} that were looked at`, html`<p><button type="button" @click=${() => this.more()}>Look further</button></p>`)
        : this.none(status, code);
    const latest = status === 'latest';
    const decided = latest || status === 'committed';
    const files = latest ? this.data.files.slice(0, this.drawn) : this.data.files;
    const more = latest ? files.length < this.data.files.length : Boolean(next);
    const shown = latest
      ? `${count(files.length)} of ${count(this.data.files.length)} shown`
      : code
        ? `${count(files.length)} of the ${next ? 'first ' : ''}${count(looked)} files looked at${next ? ', there are more' : ''}`
        : `${count(files.length)} shown, there are more`;
    return html`${latest ? this.sum(this.data, code) : nothing}
      <section class="panel"><div class="scroll" tabindex="0" role="region" aria-label="Files"><table class="stack"><caption class="sr">Files</caption>
      <thead><tr><th scope="col">File</th><th scope="col">State</th><th scope="col" class="n">Size</th>
        ${code ? html`<th scope="col" class="n">Times</th>` : nothing}${decided ? html`<th scope="col" class="n">Accepted, rows</th><th scope="col" class="n">Rejected, rows</th>${latest ? nothing : html`<th scope="col" class="n">Generation</th>`}<th scope="col" class="n">Dropped</th><th scope="col" class="n">Decided after</th>`
          : html`${status === 'waiting' ? nothing : html`<th scope="col">Reason</th>`}<th scope="col" class="n">Since</th>`}</tr></thead>
      <tbody>${repeat(files, (/** @type {any} */ it) => it.fileId, (it) => html`<tr><th scope="row"><a href=${to('files', {}, it.fileId)} title=${it.key}>${name(it.key)}</a></th>
        <td data-label="State">${state(it.status)}</td><td class="n" data-label="Size">${size(it.size)}</td>
        ${code ? html`<td class="n" data-label="Times">${count(it.violations[code] ?? 0)}</td>` : nothing}
        ${decided ? html`<td class="n" data-label="Accepted, rows">${count(it.records.accepted)}</td><td class="n" data-label="Rejected, rows">${count(it.records.rejected + it.records.unreadable)}</td>
            ${latest ? nothing : html`<td class="n" data-label="Generation">${it.generation}</td>`}<td class="n" data-label="Dropped">${time(it.since)}</td><td class="n" data-label="Decided after">${duration(Date.parse(it.committedAt) - Date.parse(it.since))}</td>`
          : html`${status === 'waiting' ? nothing : html`<td data-label="Reason">${it.reason ? reason(it.reason) : '–'}</td>`}<td class="n" data-label="Since">${time(it.since)}</td>`}</tr>`)}</tbody></table></div>
      ${more || (code && !latest) ? html`<p class="more">${more ? html`<button type="button" @click=${() => this.more()}>${code && !latest ? 'Look further' : 'Show more'}</button> ` : nothing}<span class="muted">${shown}</span></p>` : nothing}</section>`;
  }
}
customElements.define('winnow-files', Files);
