/** Dead letters: groups by reason first, then the items of one. */
import { html, nothing, repeat, live } from './vendor/lit.js';
import { Page } from './element.js';
import { icon } from './icons.js';
import { call } from './session.js';
import { latest, onLive } from './live.js';
import { onChoice } from './settings.js';
import { count, name, percent, size, time } from './format.js';
import { bar } from './charts.js';
import { change, empty, failure, loading, reason, state, viewerNote } from './parts.js';
import { reasons } from './strings.js';
import { change as changeRoute, current, to } from './route.js';
import './redrive.js';
import './discard.js';

const PAGE = 100;
/** As many ids one call takes. */
const CHOSEN = 1000;
const STATES = [
  ['', 'To see to'],
  ['open', 'Open'],
  ['redriven', 'Sent back'],
  ['discarded', 'Trash'],
];

class DeadLetters extends Page {
  constructor() {
    super();
    /** @type {Set<string>} */
    this.chosen = new Set();
    /** @type {unknown} */
    this.open = nothing;
    this.seen = '';
    this.asked = '';
  }

  connectedCallback() {
    super.connectedCallback();
    const route = () => {
      if (current().page !== 'dead-letters') return;
      if (this.asked !== location.hash) {
        this.chosen.clear();
        this.refresh();
      }
    };
    addEventListener('hashchange', route);
    this.ends.push(() => removeEventListener('hashchange', route), onLive(() => this.heard()), onChoice(() => this.requestUpdate()));
    this.refresh();
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

  /** @param {import('./chosen.js').Filter} filter */
  whole(filter) {
    const { dataset, keyPrefix } = this.query();
    return { ...filter, ...(dataset ? { dataset } : {}), ...(keyPrefix ? { keyPrefix } : {}) };
  }

  /** @param {import('./chosen.js').Filter} filter @param {number} max */
  retry(filter, max) {
    this.show(html`<winnow-redrive .filter=${this.whole(filter)} .max=${max} .close=${() => this.hide()}></winnow-redrive>`);
  }

  /** @param {import('./chosen.js').Filter} filter */
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
    return html`<header class="page"><h1>Dead letters</h1>
        <p class="muted">What was given up, and why. The files still lie in <code>incoming/</code>.</p></header>
      ${viewerNote()}
      <nav class="tabs" aria-label="State">${STATES.map(([code, label]) => html`<a href=${to('dead-letters', { ...this.query(), state: code })}
        aria-current=${(query.get('state') ?? '') === code ? 'true' : 'false'}>${label}</a>`)}
        <form class="filter" role="search" @submit=${(/** @type {any} */ e) => { e.preventDefault(); changeRoute({ keyPrefix: e.target.elements.prefix.value }); }}>
          <label><span class="sr">Key begins with</span><input name="prefix" placeholder="Key begins with…" .value=${live(query.get('keyPrefix') ?? '')}></label></form></nav>
      ${this.error && !this.groups ? failure(this.error, () => this.refresh()) : !this.groups ? loading('Counting dead letters…') : this.body(why)}
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
          ? empty(inTrash ? 'The trash is empty' : 'Nothing is dead', html`<p class="muted">${inTrash ? 'What you discard comes here.' : 'A file that cannot be taken in would be here, with its reason.'}</p>`)
          : html`<p class="alert warn">${icon('warn')}None among those that were looked at, and there are more: choose by what their keys begin with.</p>`
        : html`<p class="sum">${exact ? nothing : 'At least '}<strong>${count(total)}</strong> ${inTrash ? 'discarded' : 'dead'}, ${exact ? 'an exact count' : 'there are more than one look is for'}</p>
          <ul class="groups">${repeat(groups, (/** @type {any} */ it) => it.reason, (it) => this.group(it, total, why, inTrash))}</ul>`}
      ${why && this.data?.items && this.data.of === location.hash ? this.items(why) : nothing}
      ${this.data?.redrives?.length ? this.redrives(this.data.redrives) : nothing}`;
  }

  /** @param {any} it @param {number} total @param {string} why @param {boolean} inTrash */
  group(it, total, why, inTrash) {
    const [first, ...others] = it.details;
    return html`<li class="panel group ${why === it.reason ? 'open' : ''}">
      <div class="what"><h2>${reason(it.reason)}</h2>
        <p>${first.what}${first.count < it.count ? html` <span class="muted">(${count(first.count)} of them${others.length ? html`, others differ` : nothing})</span>` : nothing}</p>
        ${reasons[it.reason] ? html`<p class="mend">${icon('next')}${reasons[it.reason].mend}</p>` : nothing}</div>
      <dl class="facts"><dt>Count</dt><dd><a href=${to('dead-letters', { ...this.query(), reason: it.reason })}>${count(it.count)}</a> · ${percent(it.count, total)} % ${bar(it.count, total)}</dd>
        <dt>First</dt><dd>${time(it.firstAt)}</dd><dt>Last</dt><dd>${time(it.lastAt)}</dd>
        ${it.prefixes.length ? html`<dt>Where</dt><dd>${it.prefixes.map((/** @type {any} */ p, /** @type {number} */ i) => html`${i ? ', ' : ''}<a href=${to('dead-letters', { ...this.query(), reason: it.reason, keyPrefix: p.what })}>${p.what}</a> ${count(p.count)}`)}</dd>` : nothing}
        <dt>For example</dt><dd>${it.sample.fileId ? html`<a href=${to('files', {}, it.sample.fileId)}>${name(it.sample.key)}</a>` : html`<code>${it.sample.id}</code>`}</dd></dl>
      <div class="acts">
        ${inTrash ? nothing : html`${change('Retry one first', () => this.retry({ reason: it.reason }, 1), { tone: 'main' })}
          ${it.count > 1 ? change(`Retry all ${count(it.count)}`, () => this.retry({ reason: it.reason }, 0)) : nothing}
          ${change(html`${icon('bin')}Discard ${it.count > 1 ? `all ${count(it.count)}` : 'it'}`, () => this.discard({ reason: it.reason }), { tone: 'danger' })}`}
        ${why === it.reason
          ? html`<a class="button" href=${to('dead-letters', this.query())}>Hide items</a>`
          : html`<a class="button" href=${to('dead-letters', { ...this.query(), reason: it.reason })}>Show ${it.count === 1 ? 'it' : 'items'}</a>`}
      </div></li>`;
  }

  /** @param {string} why */
  items(why) {
    const { items, next } = this.data;
    const now = this.groups.groups.find((/** @type {any} */ it) => it.reason === why)?.count ?? 0;
    const drift = next ? 0 : now - items.length;
    const inTrash = this.query().state === 'discarded';
    const chosen = items.filter((/** @type {any} */ it) => this.chosen.has(it.id)).map((/** @type {any} */ it) => it.id);
    const off = !chosen.length ? 'Choose some first' : chosen.length > CHOSEN ? `At most ${count(CHOSEN)} at once: take the whole group` : '';
    return html`<section class="panel"><div class="head"><h2>Items: ${reason(why)}</h2>
        ${drift ? html`<button type="button" @click=${() => this.refresh()}>${icon('back')}Changed since: show ${count(now)}</button>` : nothing}
        <span class="acts">${inTrash ? nothing : html`
          ${change(`Retry ${chosen.length || 'chosen'}`, () => this.retry({ ids: chosen }, 0), { off })}
          ${change(html`${icon('bin')}Discard ${chosen.length || 'chosen'}`, () => this.discard({ ids: chosen }), { tone: 'danger', off })}`}</span></div>
      ${items.length === 0 ? empty('None of this reason any more') : html`<div class="scroll" tabindex="0" role="region" aria-label="Items">
      <table class="stack"><caption class="sr">Dead letters of this reason, the newest first</caption>
        <thead><tr><th scope="col"><input type="checkbox" aria-label="Choose all that are shown" .checked=${live(chosen.length > 0 && chosen.length === items.length)} .indeterminate=${chosen.length > 0 && chosen.length < items.length}
          @change=${(/** @type {any} */ e) => { items.forEach((/** @type {any} */ it) => (e.target.checked ? this.chosen.add(it.id) : this.chosen.delete(it.id))); this.requestUpdate(); }}></th>
          <th scope="col">File</th><th scope="col">Detail</th><th scope="col">State</th><th scope="col" class="n">Size</th><th scope="col" class="n">Tries</th><th scope="col" class="n">Back</th><th scope="col" class="n">Given up</th>${inTrash ? html`<th scope="col"><span class="sr">Action</span></th>` : nothing}</tr></thead>
        <tbody>${repeat(items, (/** @type {any} */ it) => it.id, (it) => html`<tr>
          <td class="pick"><input type="checkbox" aria-label=${`Choose ${name(it.key ?? it.id)}`} .checked=${live(this.chosen.has(it.id))} @change=${() => { if (!this.chosen.delete(it.id)) this.chosen.add(it.id); this.requestUpdate(); }}></td>
          <th scope="row">${it.fileId ? html`<a href=${to('files', {}, it.fileId)} title=${it.key}>${name(it.key)}</a>` : html`<code>${it.id}</code>`}</th>
          <td data-label="Detail">${it.detail}</td>
          <td data-label="State">${state(it.discarded ? 'discarded' : it.redriven ? 'redriven' : 'open')}</td>
          <td class="n" data-label="Size">${it.size === undefined ? '–' : size(it.size)}</td>
          <td class="n" data-label="Tries">${count(it.receiveCount)}</td><td class="n" data-label="Came back">${count(it.redrives)}</td>
          <td class="n" data-label="Given up">${time(it.at)}</td>
          ${inTrash ? html`<td>${change(html`${icon('back')}Restore`, () => this.restore(it.id), { off: it.fileId ? '' : 'It names no file, so it is gone for good' })}</td>` : nothing}</tr>`)}</tbody></table></div>`}
      ${next ? html`<p class="more"><button type="button" @click=${() => this.more()}>Show more</button> <span class="muted">${count(items.length)} of ${count(now)} shown</span></p>` : nothing}
    </section>`;
  }

  /** @param {any[]} redrives */
  redrives(redrives) {
    return html`<section class="panel"><h2>Sent back lately</h2><div class="scroll" tabindex="0" role="region" aria-label="Redrives"><table class="stack"><caption class="sr">The latest redrives</caption>
      <thead><tr><th scope="col">Started</th><th scope="col">State</th><th scope="col">By</th><th scope="col">Chosen</th><th scope="col" class="n">Sent, of</th><th scope="col"><span class="sr">More</span></th></tr></thead>
      <tbody>${repeat(redrives.slice(0, 10), (it) => it.id, (it) => html`<tr><th scope="row">${time(it.startedAt)}</th><td data-label="State">${state(it.state)}</td><td data-label="By">${it.by}</td>
        <td data-label="Chosen">${it.filter?.reason ? html`<code>${it.filter.reason}</code>` : it.filter?.ids?.length ? `${count(it.filter.ids.length)} chosen` : it.filter?.keyPrefix ?? it.filter?.dataset ?? 'everything'}</td>
        <td class="n" data-label="Sent, of">${count(it.sent)} / ${count(it.matched)}</td>
        <td><button type="button" @click=${() => this.show(html`<winnow-redrive .follow=${it.id} .filter=${it.filter ?? {}} .close=${() => this.hide()}></winnow-redrive>`)}>What became of it</button></td></tr>`)}</tbody></table></div></section>`;
  }
}
customElements.define('winnow-dead-letters', DeadLetters);
