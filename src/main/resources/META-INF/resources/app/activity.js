/** Who asked for what change, a day at a time. */
import { html, nothing, repeat } from './vendor/lit.js';
import { Page } from './element.js';
import { icon } from './icons.js';
import { call } from './session.js';
import { onChoice } from './settings.js';
import { count, time } from './format.js';
import { empty, failure, loading, save } from './parts.js';
import { calls } from './strings.js';
import { change as changeRoute, current, to } from './route.js';

const PAGE = 100;
const MOST = 1000;

/** What a spreadsheet would run is made text. @param {unknown} cell */
function quoted(cell) {
  const text = String(cell ?? '').replaceAll('"', '""');
  return `"${/^[=+\-@\t\r]/.test(text) ? `'${text}` : text}"`;
}

class Activity extends Page {
  constructor() {
    super();
    this.asked = '';
  }

  connectedCallback() {
    super.connectedCallback();
    const route = () => {
      if (current().page === 'activity' && this.asked !== location.hash) this.refresh();
    };
    addEventListener('hashchange', route);
    this.ends.push(() => removeEventListener('hashchange', route), onChoice(() => this.requestUpdate()));
    this.refresh();
  }

  filter() {
    const { query } = current();
    return { date: query.get('date') ?? '', who: query.get('who') ?? '', call: query.get('call') ?? '' };
  }

  refresh() {
    this.asked = location.hash;
    void this.load(() => call('/admin/audit', { query: { date: this.filter().date, limit: PAGE } }));
  }

  more() {
    const before = this.data;
    void this.load(async () => {
      const page = await call('/admin/audit', { query: { date: before.date, limit: PAGE, cursor: before.next } });
      return { ...page, entries: [...before.entries, ...page.entries] };
    });
  }

  /** @param {any} it */
  matches(it) {
    const { who, call: what } = this.filter();
    return (!who || it.who === who) && (!what || it.call === what);
  }

  async exported() {
    const all = [];
    let next;
    do {
      /** @type {any} */
      const page = await call('/admin/audit', { query: { date: this.data.date, limit: MOST, cursor: next } });
      all.push(...page.entries);
      next = page.next;
    } while (next);
    const lines = all.filter((it) => this.matches(it)).map((it) =>
      [it.at, it.who, it.roles.join(' '), it.call, JSON.stringify(it.parameters), it.note, it.refused, it.id].map(quoted).join(','));
    save(`winnow-activity-${this.data.date}.csv`, ['at,who,roles,call,parameters,note,refused,id', ...lines, ''].join('\r\n'), 'text/csv');
  }

  render() {
    const filter = this.filter();
    const data = this.data;
    const set = (/** @type {string} */ field) => (/** @type {any} */ e) => changeRoute({ [field]: e.target.value });
    const people = [...new Set([...(data?.entries ?? []).map((/** @type {any} */ it) => it.who), filter.who].filter(Boolean))].sort();
    return html`<header class="page"><h1>Activity</h1><p class="muted">Every change is written down before it is made. Days are UTC.</p></header>
      <div class="tabs"><span class="filter">
        <label><span class="sr">Day, UTC</span><input type="date" .value=${filter.date || data?.date || ''} @change=${set('date')}></label>
        <label><span class="sr">Who</span><select @change=${set('who')}><option value="">Everyone</option>${people.map((it) => html`<option ?selected=${it === filter.who}>${it}</option>`)}</select></label>
        <label><span class="sr">What</span><select @change=${set('call')}><option value="">Every change</option>${Object.entries(calls).map(([code, words]) => html`<option value=${code} ?selected=${code === filter.call}>${words}</option>`)}</select></label>
        <button type="button" @click=${() => this.refresh()}>Refresh</button>
        <button type="button" ?disabled=${!data?.entries.length} title=${data?.entries.length ? nothing : 'There is nothing to save'} @click=${() => this.exported().catch((/** @type {unknown} */ error) => { this.error = error; this.requestUpdate(); })}>${icon('down')}CSV</button></span></div>
      ${this.error ? failure(this.error, () => this.refresh()) : !data ? loading('Reading the audit trail…') : this.table(data)}`;
  }

  /** @param {any} data */
  table(data) {
    const entries = data.entries.filter((/** @type {any} */ it) => this.matches(it));
    const days = data.days.filter((/** @type {string} */ it) => it !== data.date).slice(0, 5);
    const others = days.length ? html`<p class="muted">Days with changes: ${days.map((/** @type {string} */ it, /** @type {number} */ i) => html`${i ? ', ' : ''}<a href=${to('activity', { date: it })}>${it}</a>`)}</p>` : nothing;
    if (!entries.length && !data.next) return empty('Nobody changed anything', others);
    return html`<section class="panel"><div class="scroll" tabindex="0" role="region" aria-label="Activity"><table class="stack"><caption class="sr">Changes of ${data.date}, the newest first</caption>
      <thead><tr><th scope="col">At</th><th scope="col">Who</th><th scope="col">What</th><th scope="col">Of what</th><th scope="col">Note</th><th scope="col">Result</th></tr></thead>
      <tbody>${repeat(entries, (/** @type {any} */ it) => it.id, (it) => html`<tr><th scope="row">${time(it.at)}</th><td class="whole" data-label="Who">${it.who}</td><td class="whole" data-label="What">${calls[it.call] ?? it.call}</td>
        <td data-label="Of what"><span>${this.parameters(it.parameters)}</span></td><td data-label="Note">${it.note ?? '–'}</td>
        <td data-label="Result">${it.refused ? html`<span class="state bad">${icon('bad')}Refused: ${it.refused}</span>` : html`<span class="state ok">${icon('ok')}Taken up</span>`}</td></tr>`)}</tbody></table></div>
      ${data.next ? html`<p class="more"><button type="button" @click=${() => this.more()}>Show more</button> <span class="muted">${count(data.entries.length)} read</span></p>` : nothing}
      ${data.exact ? nothing : html`<p class="note">${icon('warn')}The day has more than 10,000 entries: the latest are not among them.</p>`}</section>${others}`;
  }

  /** @param {Record<string, any>} given */
  parameters(given) {
    return Object.entries(given).filter(([, value]) => value !== false).map(([field, value], i) => html`${i ? ', ' : ''}<span class="muted">${field}</span> ${
      field === 'fileId' || (field === 'id' && /^[0-9a-f]{24}$/.test(value)) ? html`<a href=${to('files', {}, value)}>${value}</a>` : Array.isArray(value) ? count(value.length) : String(value)}`);
  }
}
customElements.define('winnow-activity', Activity);
