/** Dead letters: groups by reason first, then the items of one. */
import { html, nothing, repeat, live } from './vendor/lit.js';
import { Page } from './element.js';
import { icon } from './icons.js';
import { call, me } from './session.js';
import { latest, onLive } from './live.js';
import { name, size, time } from './format.js';
import { bar } from './charts.js';
import { cell, change, empty, failure, head, heading, loading, more, notice, reason, state, table, viewerNote } from './parts.js';
import { columns, count, deadLetters as words, pages, parameters, parts, percent, reasons, states } from './strings.js';
import { change as changeRoute, current, to } from './route.js';
import './redrive.js';
import './discard.js';

const PAGE = 100;
/** As many ids one call takes. */
const CHOSEN = 1000;
const STATES = [
  ['', words.toSeeTo],
  ['open', states.open],
  ['redriven', states.redriven],
  ['discarded', words.trash],
];
const ACTION = html`<th scope="col"><span class="sr">${words.action}</span></th>`;

class DeadLetters extends Page {
  constructor() {
    super();
    /** @type {Set<string>} */
    this.chosen = new Set();
    /** @type {unknown} */
    this.open = nothing;
    this.seen = '';
  }

  connectedCallback() {
    super.connectedCallback();
    this.ends.push(onLive(() => this.heard()));
    this.follow('dead-letters');
  }

  /** Groups follow what goes by; the items stay as they are until they are asked for anew. */
  heard() {
    const dead = latest()?.deadLetters;
    const now = JSON.stringify([dead?.open, dead?.underWay, dead?.groups]);
    if (now === this.seen || !this.data || this.busy) return;
    this.seen = now;
    if (this.groups) void this.regroup();
  }

  query() {
    const { query } = current();
    return Object.fromEntries(['state', 'dataset', 'keyPrefix'].map((it) => [it, query.get(it) ?? '']));
  }

  refresh() {
    if (this.asked !== location.hash) this.chosen.clear();
    this.asked = location.hash;
    const why = current().query.get('reason') ?? '';
    void this.load(async () => {
      const [groups, items, redrives] = await Promise.all([
        call('/admin/dead-letter-groups', { query: this.query() }),
        why ? call('/admin/dead-letters', { query: { ...this.query(), reason: why, limit: PAGE } }) : undefined,
        call('/admin/redrives'),
      ]);
      this.groups = groups;
      return { of: this.asked, items: items?.deadLetters, next: items?.next, redrives };
    });
  }

  async regroup() {
    this.groups = await call('/admin/dead-letter-groups', { query: this.query() }).catch(() => this.groups);
    this.requestUpdate();
  }

  more() {
    const before = this.data;
    const why = current().query.get('reason') ?? '';
    void this.load(async () => {
      const page = await call('/admin/dead-letters', { query: { ...this.query(), reason: why, limit: PAGE, cursor: before.next } });
      return { ...before, items: [...before.items, ...page.deadLetters], next: page.next };
    });
  }

  /** @param {unknown} dialog */
  show(dialog) {
    this.open = dialog;
    this.requestUpdate();
  }

  hide(changed = true) {
    this.open = nothing;
    if (changed) {
      this.chosen.clear();
      this.refresh();
    }
    this.requestUpdate();
  }

  /** @param {Answer.Filter} filter */
  whole(filter) {
    const { dataset, keyPrefix } = this.query();
    return { ...filter, ...(dataset ? { dataset } : {}), ...(keyPrefix ? { keyPrefix } : {}) };
  }

  /** @param {Answer.Filter} filter @param {number} max */
  retry(filter, max) {
    this.show(html`<winnow-redrive .filter=${this.whole(filter)} .max=${max} .close=${() => this.hide()}></winnow-redrive>`);
  }

  /** @param {Answer.Filter} filter */
  discard(filter) {
    this.show(html`<winnow-discard .filter=${this.whole(filter)} .close=${(/** @type {boolean} */ changed) => this.hide(changed)}></winnow-discard>`);
  }

  /** @param {string} id */
  async restore(id) {
    try {
      await call(`/admin/dead-letters/${id}/restore`, { method: 'POST', json: {} });
      this.refresh();
    } catch (error) {
      this.error = error;
      this.requestUpdate();
    }
  }

  render() {
    const { query } = current();
    const why = query.get('reason') ?? '';
    return html`${heading(pages['dead-letters'], words.lead(me()?.incoming))}
      ${viewerNote()}
      <nav class="tabs" aria-label=${columns.state}>${STATES.map(([code, label]) => html`<a href=${to('dead-letters', { ...this.query(), state: code })}
        aria-current=${(query.get('state') ?? '') === code ? 'true' : 'false'}>${label}</a>`)}
        <form class="filter" role="search" @submit=${(/** @type {any} */ e) => { e.preventDefault(); changeRoute({ keyPrefix: e.target.elements.prefix.value }); }}>
          <label><span class="sr">${parameters.keyPrefix}</span><input name="prefix" placeholder=${words.keyPrefixHint} .value=${live(query.get('keyPrefix') ?? '')}></label></form></nav>
      ${this.error && !this.groups ? failure(this.error, () => this.refresh()) : !this.groups ? loading(words.loading) : this.body(why)}
      ${this.open}`;
  }

  /** @param {string} why */
  body(why) {
    const { total, exact, groups } = this.groups;
    const inTrash = this.query().state === 'discarded';
    return html`
      ${this.error ? failure(this.error, () => this.refresh()) : nothing}
      ${total === 0
        ? exact
          ? empty(inTrash ? words.trashEmpty : words.none, html`<p class="muted">${inTrash ? words.trashEmptyHint : words.noneHint}</p>`)
          : notice('warn', words.noneLooked)
        : html`<p class="sum">${words.sum(total, exact, inTrash)}</p>
          <ul class="groups">${repeat(groups, (/** @type {any} */ it) => it.reason, (it) => this.group(it, total, why, inTrash))}</ul>`}
      ${why && this.data?.items && this.data.of === location.hash ? this.items(why) : nothing}
      ${this.data?.redrives?.length ? this.redrives(this.data.redrives) : nothing}`;
  }

  /** @param {any} it @param {number} total @param {string} why @param {boolean} inTrash */
  group(it, total, why, inTrash) {
    const [first, ...others] = it.details;
    return html`<li class="panel group ${why === it.reason ? 'open' : ''}">
      <div class="what"><h2>${reason(it.reason)}</h2>
        <p>${first.what}${first.count < it.count ? html`<span class="muted">${words.ofThem(first.count, others.length)}</span>` : nothing}</p>
        ${reasons[it.reason] ? html`<p class="mend">${icon('next')}${reasons[it.reason].mend}</p>` : nothing}</div>
      <dl class="facts"><dt>${parameters.matched}</dt><dd><a href=${to('dead-letters', { ...this.query(), reason: it.reason })}>${count(it.count)}</a>${words.share(percent(it.count, total))}${bar(it.count, total)}</dd>
        <dt>${words.first}</dt><dd>${time(it.firstAt)}</dd><dt>${words.last}</dt><dd>${time(it.lastAt)}</dd>
        ${it.prefixes.length ? html`<dt>${words.where}</dt><dd>${it.prefixes.map((/** @type {any} */ p, /** @type {number} */ i) => html`${i ? ', ' : ''}<a href=${to('dead-letters', { ...this.query(), reason: it.reason, keyPrefix: p.what })}>${p.what}</a> ${count(p.count)}`)}</dd>` : nothing}
        <dt>${words.example}</dt><dd>${it.sample.fileId ? html`<a href=${to('files', {}, it.sample.fileId)}>${name(it.sample.key)}</a>` : html`<code>${it.sample.id}</code>`}</dd></dl>
      <div class="acts">
        ${inTrash ? nothing : html`${change(parts.retryFirst, () => this.retry({ reason: it.reason }, 1), { tone: 'main' })}
          ${it.count > 1 ? change(words.retryAll(it.count), () => this.retry({ reason: it.reason }, 0)) : nothing}
          ${change(html`${icon('bin')}${words.discardAll(it.count)}`, () => this.discard({ reason: it.reason }), { tone: 'danger' })}`}
        ${why === it.reason
          ? html`<a class="button" href=${to('dead-letters', this.query())}>${words.hideItems}</a>`
          : html`<a class="button" href=${to('dead-letters', { ...this.query(), reason: it.reason })}>${words.showItems(it.count)}</a>`}
      </div></li>`;
  }

  /** @param {string} why */
  items(why) {
    const { items, next } = this.data;
    const now = this.groups.groups.find((/** @type {any} */ it) => it.reason === why)?.count ?? 0;
    const drift = next ? 0 : now - items.length;
    const inTrash = this.query().state === 'discarded';
    const chosen = items.filter((/** @type {any} */ it) => this.chosen.has(it.id)).map((/** @type {any} */ it) => it.id);
    const off = !chosen.length ? words.chooseFirst : chosen.length > CHOSEN ? words.tooMany(CHOSEN) : '';
    return html`<section class="panel"><div class="head"><h2>${words.items(reason(why))}</h2>
        ${drift ? html`<button type="button" @click=${() => this.refresh()}>${icon('back')}${words.changedSince(now)}</button>` : nothing}
        <span class="acts">${inTrash ? nothing : html`
          ${change(words.retryChosen(chosen.length), () => this.retry({ ids: chosen }, 0), { off })}
          ${change(html`${icon('bin')}${words.discardChosen(chosen.length)}`, () => this.discard({ ids: chosen }), { tone: 'danger', off })}`}</span></div>
      ${items.length === 0 ? empty(words.noItems) : table(words.itemsRegion, words.itemsCaption,
        html`<th scope="col"><input type="checkbox" aria-label=${words.chooseAll} .checked=${live(chosen.length > 0 && chosen.length === items.length)} .indeterminate=${chosen.length > 0 && chosen.length < items.length}
          @change=${(/** @type {any} */ e) => { items.forEach((/** @type {any} */ it) => (e.target.checked ? this.chosen.add(it.id) : this.chosen.delete(it.id))); this.requestUpdate(); }}></th>
          ${head('file')}${head('detail')}${head('state')}${head('size', 'n')}${head('tries', 'n')}${head('cameBack', 'n')}${head('givenUp', 'n')}${inTrash ? ACTION : nothing}`,
        repeat(items, (/** @type {any} */ it) => it.id, (it) => html`<tr>
          <td class="pick"><input type="checkbox" aria-label=${words.choose(name(it.key ?? it.id))} .checked=${live(this.chosen.has(it.id))} @change=${() => { if (!this.chosen.delete(it.id)) this.chosen.add(it.id); this.requestUpdate(); }}></td>
          <th scope="row">${it.fileId ? html`<a href=${to('files', {}, it.fileId)} title=${it.key}>${name(it.key)}</a>` : html`<code>${it.id}</code>`}</th>
          ${cell('detail', it.detail)}
          ${cell('state', state(it.discarded ? 'discarded' : it.redriven ? 'redriven' : 'open'))}
          ${cell('size', it.size === undefined ? '–' : size(it.size), 'n')}
          ${cell('tries', count(it.receiveCount), 'n')}${cell('cameBack', count(it.redrives), 'n')}
          ${cell('givenUp', time(it.at), 'n')}
          ${inTrash ? html`<td>${change(html`${icon('back')}${words.restore}`, () => this.restore(it.id), { off: it.fileId ? '' : words.noFile })}</td>` : nothing}</tr>`))}
      ${next ? more(parts.shownOf(items.length, now), () => this.more()) : nothing}
    </section>`;
  }

  /** @param {any[]} redrives */
  redrives(redrives) {
    return html`<section class="panel"><h2>${words.redrives}</h2>${table(words.redrives, words.redrives,
      html`${head('started')}${head('state')}${head('who')}${head('chosen')}${head('sent', 'n')}${ACTION}`,
      repeat(redrives.slice(0, 10), (it) => it.id, (it) => html`<tr><th scope="row">${time(it.startedAt)}</th>${cell('state', state(it.state))}${cell('who', it.by)}
        ${cell('chosen', it.filter?.reason ? html`<code>${it.filter.reason}</code>` : it.filter?.ids?.length ? words.chosen(it.filter.ids.length) : it.filter?.keyPrefix ?? it.filter?.dataset ?? words.everything)}
        ${cell('sent', html`${count(it.sent)} / ${count(it.matched)}`, 'n')}
        <td><button type="button" @click=${() => this.show(html`<winnow-redrive .follow=${it.id} .filter=${it.filter ?? {}} .close=${() => this.hide()}></winnow-redrive>`)}>${words.whatBecame}</button></td></tr>`))}</section>`;
  }
}
customElements.define('winnow-dead-letters', DeadLetters);
