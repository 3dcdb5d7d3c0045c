/** Who asked for what change, a day at a time. */
import { html, nothing, repeat } from './vendor/lit.js';
import { Page } from './element.js';
import { icon } from './icons.js';
import { call } from './session.js';
import { time } from './format.js';
import { cell, empty, failure, head, heading, loading, more, save, table } from './parts.js';
import { activity as words, calls, columns, count, pages, parameters, parts } from './strings.js';
import { change as changeRoute, current, to } from './route.js';

const PAGE = 100;
const MOST = 1000;

/** What a spreadsheet would run is made text. @param {unknown} cell */
function quoted(cell) {
  const text = String(cell ?? '').replaceAll('"', '""');
  return `"${/^[=+\-@\t\r]/.test(text) ? `'${text}` : text}"`;
}

class Activity extends Page {
  connectedCallback() {
    super.connectedCallback();
    this.follow('activity');
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
    return html`${heading(pages.activity, words.lead)}
      <div class="tabs"><span class="filter">
        <label><span class="sr">${parts.dayUtc}</span><input type="date" .value=${filter.date || data?.date || ''} @change=${set('date')}></label>
        <label><span class="sr">${columns.who}</span><select @change=${set('who')}><option value="">${words.everyone}</option>${people.map((it) => html`<option ?selected=${it === filter.who}>${it}</option>`)}</select></label>
        <label><span class="sr">${columns.what}</span><select @change=${set('call')}><option value="">${words.everyChange}</option>${Object.entries(calls).map(([code, label]) => html`<option value=${code} ?selected=${code === filter.call}>${label}</option>`)}</select></label>
        <button type="button" @click=${() => this.refresh()}>${parts.refresh}</button>
        <button type="button" ?disabled=${!data?.entries.length} title=${data?.entries.length ? nothing : words.nothingToSave} @click=${() => this.exported().catch((/** @type {unknown} */ error) => { this.error = error; this.requestUpdate(); })}>${icon('down')}${words.csv}</button></span></div>
      ${this.error ? failure(this.error, () => this.refresh()) : !data ? loading(words.loading) : this.table(data)}`;
  }

  /** @param {any} data */
  table(data) {
    const entries = data.entries.filter((/** @type {any} */ it) => this.matches(it));
    const days = data.days.filter((/** @type {string} */ it) => it !== data.date).slice(0, 5);
    const others = days.length ? html`<p class="muted">${words.days(days.map((/** @type {string} */ it, /** @type {number} */ i) => html`${i ? ', ' : ''}<a href=${to('activity', { date: it })}>${it}</a>`))}</p>` : nothing;
    if (!entries.length && !data.next) return empty(words.none, others);
    return html`<section class="panel">${table(pages.activity, words.caption(data.date),
      [head('at'), head('who'), head('what'), head('ofWhat'), head('note'), head('result')],
      repeat(entries, (/** @type {any} */ it) => it.id, (it) => html`<tr><th scope="row">${time(it.at)}</th>${cell('who', it.who, 'whole')}${cell('what', calls[it.call] ?? it.call, 'whole')}
        ${cell('ofWhat', html`<span>${this.parameters(it.parameters)}</span>`)}${cell('note', it.note ?? '–')}
        ${cell('result', it.refused ? html`<span class="state bad">${icon('bad')}${words.refused(it.refused)}</span>` : html`<span class="state ok">${icon('ok')}${words.allowed}</span>`)}</tr>`))}
      ${data.next ? more(words.read(data.entries.length), () => this.more()) : nothing}
      ${data.exact ? nothing : html`<p class="note">${icon('warn')}${words.notAll}</p>`}</section>${others}`;
  }

  /** @param {Record<string, any>} given */
  parameters(given) {
    return Object.entries(given).filter(([, value]) => value !== false).map(([field, value], i) =>
      html`${i ? ', ' : ''}<span class="muted">${parameters[field] ?? field}</span>${value === true ? nothing : html` ${this.value(field, value)}`}`);
  }

  /** @param {string} field @param {any} value */
  value(field, value) {
    if (field === 'fileId' || (field === 'id' && /^[0-9a-f]{24}$/.test(value))) return html`<a href=${to('files', {}, value)}>${value}</a>`;
    return Array.isArray(value) ? count(value.length) : String(value);
  }
}
customElements.define('winnow-activity', Activity);
