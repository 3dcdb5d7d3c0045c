/** Files: those of the last hour or of a day, what waits, what was given up. */
import { html, nothing, repeat } from './vendor/lit.js';
import { Page } from './element.js';
import { icon } from './icons.js';
import { call, me } from './session.js';
import { duration, name, size, time } from './format.js';
import { cell, empty, failure, head, heading, loading, reason, state, table } from './parts.js';
import { columns, count, files as words, pages, parts, states } from './strings.js';
import { change as changeRoute, current, to } from './route.js';

const STATES = [
  ['latest', words.latest],
  ['committed', words.byDay],
  ['waiting', states.waiting],
  ['dead-letter', states['dead-letter']],
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

/** Says what is left out, and shows it. @param {unknown} said @param {Record<string, string>} filter */
const only = (said, filter) =>
  html`<p class="note">${said}<a class="button" href=${to('files', filter)}>${icon('close')}${words.showAll}</a></p>`;

class Files extends Page {
  constructor() {
    super();
    this.drawn = DRAWN;
  }

  connectedCallback() {
    super.connectedCallback();
    this.follow('files');
  }

  filter() {
    const { query } = current();
    const status = query.get('status') ?? 'committed';
    const dataset = query.get('dataset') ?? (OF_ALL.includes(status) ? '' : (me()?.datasets[0]?.name ?? ''));
    const committed = status === 'committed';
    const date = committed ? (query.get('date') ?? new Date().toISOString().slice(0, 10)) : '';
    const code = committed || status === 'latest' ? (query.get('code') ?? '') : '';
    const minute = status === 'latest' ? Date.parse(query.get('minute') ?? '') : NaN;
    return { status, dataset, date, hour: committed ? (query.get('hour') ?? '') : '', code, minute: minute ? new Date(minute).toISOString() : '' };
  }

  /** @param {string} [cursor] */
  async page(cursor) {
    const { status, minute, ...filter } = this.filter();
    if (status === 'latest') {
      const page = await call('/admin/latest-files', { query: { dataset: filter.dataset, code: filter.code } });
      const begin = Date.parse(minute);
      const then = (/** @type {any} */ it) => !minute || Math.floor((Date.parse(it.committedAt) - begin) / 60_000) === 0;
      return { ...page, files: page.files.filter(then) };
    }
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
    return html`${heading(pages.files, this.lead(filter.status))}
      <nav class="tabs" aria-label=${columns.state}>${STATES.map(([code, label]) => html`<a href=${to('files', { dataset: query.get('dataset') ?? '', date: code === 'committed' ? (query.get('date') ?? '') : '', status: code })} aria-current=${filter.status === code ? 'true' : 'false'}>${label}</a>`)}
        <span class="filter">
          <label><span class="sr">${parts.dataset}</span><select @change=${set('dataset')}>${all ? html`<option value="" ?selected=${!filter.dataset}>${words.allDatasets}</option>` : nothing}${me()?.datasets.map((it) => html`<option ?selected=${it.name === filter.dataset}>${it.name}</option>`)}</select></label>
          ${committed ? html`<label><span class="sr">${parts.dayUtc}</span><input type="date" .value=${filter.date} @change=${set('date')}></label>
            <label><span class="sr">${words.hourUtc}</span><select @change=${set('hour')}><option value="">${words.allDay}</option>${HOURS.map((it) => html`<option value=${it} ?selected=${it === filter.hour}>${it}:00</option>`)}</select></label>` : nothing}
          <button type="button" @click=${() => this.refresh()}>${parts.refresh}</button></span></nav>
      ${filter.code ? only(words.onlyCode(filter.code), { ...filter, code: '' }) : nothing}
      ${filter.minute ? only(words.onlyMinute(time(filter.minute)), { ...filter, minute: '' }) : nothing}
      ${this.error ? failure(this.error, () => this.refresh()) : !this.data ? loading(words.loading) : this.table(filter)}`;
  }

  /** @param {string} status */
  lead(status) {
    switch (status) {
      case 'latest': return words.latestLead;
      case 'waiting': return words.waitingLead(me()?.incoming);
      case 'dead-letter': return words.givenUpLead;
      default: return words.byDayLead;
    }
  }

  /** What the figures of the overview are of. @param {any} data @param {{ code: string, minute: string }} filter */
  sum({ files, since, exact }, { code, minute }) {
    const of = (/** @type {(it: any) => number} */ n) => files.reduce((/** @type {number} */ all, /** @type {any} */ it) => all + n(it), 0);
    const what = code
      ? words.ofCode(of((it) => it.violations[code]), code)
      : words.ofRows(of((it) => it.records.read), of((it) => it.records.rejected + it.records.unreadable));
    return html`<p class="sum">${words.decided(files.length, minute ? '' : time(since), what, exact)}</p>`;
  }

  /** @param {{ status: string, code: string, minute: string }} filter */
  none({ status, code, minute }) {
    switch (status) {
      case 'latest': return empty(code || minute ? words.noneOfHour : words.noneLatest, html`<p class="muted">${words.lookElsewhere(to('files'), to('drop'))}</p>`);
      case 'waiting': return empty(words.noneWaiting);
      case 'dead-letter': return empty(words.noneGivenUp);
      default: return empty(code ? words.noneOfDay : words.noneThen, html`<p class="muted">${words.otherDay(to('drop'))}</p>`);
    }
  }

  /** @param {{ status: string, code: string, minute: string }} filter */
  table(filter) {
    const { status, code } = filter;
    const { looked, next } = this.data;
    if (!this.data.files.length)
      return next
        ? empty(words.noneLooked(looked), html`<p><button type="button" @click=${() => this.more()}>${words.lookFurther}</button></p>`)
        : this.none(filter);
    const latest = status === 'latest';
    const decided = latest || status === 'committed';
    const files = latest ? this.data.files.slice(0, this.drawn) : this.data.files;
    const more = latest ? files.length < this.data.files.length : Boolean(next);
    const shown = latest
      ? parts.shownOf(files.length, this.data.files.length)
      : code
        ? words.lookedAt(files.length, looked, next)
        : words.shownMore(files.length);
    return html`${latest ? this.sum(this.data, filter) : nothing}
      <section class="panel">${table(pages.files, pages.files,
      html`${head('file')}${head('state')}${head('size', 'n')}
        ${code ? head('times', 'n') : nothing}${decided ? html`${head('accepted', 'n')}${head('rejected', 'n')}${latest ? nothing : head('generation', 'n')}${head('dropped', 'n')}${head('decidedAfter', 'n')}`
          : html`${status === 'waiting' ? nothing : head('reason')}${head('since', 'n')}`}`,
      repeat(files, (/** @type {any} */ it) => it.fileId, (it) => html`<tr><th scope="row"><a href=${to('files', {}, it.fileId)} title=${it.key}>${name(it.key)}</a></th>
        ${cell('state', state(it.status))}${cell('size', size(it.size), 'n')}
        ${code ? cell('times', count(it.violations[code] ?? 0), 'n') : nothing}
        ${decided ? html`${cell('accepted', count(it.records.accepted), 'n')}${cell('rejected', count(it.records.rejected + it.records.unreadable), 'n')}
            ${latest ? nothing : cell('generation', it.generation, 'n')}${cell('dropped', time(it.since), 'n')}${cell('decidedAfter', duration(Date.parse(it.committedAt) - Date.parse(it.since)), 'n')}`
          : html`${status === 'waiting' ? nothing : cell('reason', it.reason ? reason(it.reason) : '–')}${cell('since', time(it.since), 'n')}`}</tr>`))}
      ${more || (code && !latest) ? html`<p class="more">${more ? html`<button type="button" @click=${() => this.more()}>${code && !latest ? words.lookFurther : parts.showMore}</button> ` : nothing}<span class="muted">${shown}</span></p>` : nothing}</section>`;
  }
}
customElements.define('winnow-files', Files);
