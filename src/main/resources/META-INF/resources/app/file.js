/** One file: its way, its counts, what was wrong with it, and what can be done. */
import { html, nothing } from './vendor/lit.js';
import { Page } from './element.js';
import { icon } from './icons.js';
import { call, mayChange, me, told } from './session.js';
import { onLive, latest } from './live.js';
import { onChoice } from './settings.js';
import { duration, name, size, time } from './format.js';
import { change, dialog, empty, failure, loading, more, note, reason, save, state, viewerNote } from './parts.js';
import { codes } from './charts.js';
import { rejectedRows, sum } from './rows.js';
import { columns, count, file as words, pages, parts, reasons, states, vias } from './strings.js';
import { to } from './route.js';
import './redrive.js';

class FilePage extends Page {
  static properties = { fileId: {} };

  constructor() {
    super();
    this.fileId = '';
    /** @type {any} */
    this.rows = undefined;
    /** @type {unknown} */
    this.open = nothing;
    this.said = '';
    /** The generation that was ordered and has not been seen yet, or 0. */
    this.awaited = 0;
    this.note = '';
    this.seen = '';
  }

  connectedCallback() {
    super.connectedCallback();
    this.ends.push(onChoice(() => this.requestUpdate()), onLive(() => this.heard()));
  }

  /** Looks again when something of this file has gone by, and all the time while a generation is awaited. */
  heard() {
    const gone = latest()?.lastHour?.recent.find((it) => it.fileId === this.fileId);
    const at = gone?.committedAt ?? gone?.since ?? '';
    if (this.data && !this.busy && (this.awaited || (at && at !== this.seen))) this.refresh();
    this.seen = at;
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('fileId')) {
      this.data = undefined;
      this.rows = undefined;
      this.refresh();
    }
  }

  refresh() {
    void this.load(async () => {
      const file = await call(`/admin/files/${this.fileId}`);
      const [current] = file.receipts;
      if (this.awaited && current?.generation >= this.awaited) {
        this.awaited = 0;
        this.said = '';
      }
      const bad = current ? current.records.rejected + current.records.unreadable : 0;
      this.rows = bad ? await call(`/admin/files/${this.fileId}/rejected`).catch((error) => ({ error })) : undefined;
      return file;
    });
  }

  async moreRows() {
    try {
      const page = await call(`/admin/files/${this.fileId}/rejected`, { query: { skip: this.rows.next } });
      this.rows = { ...page, rows: [...this.rows.rows, ...page.rows] };
    } catch (error) {
      this.rows = { error };
    }
    this.requestUpdate();
  }

  /** @param {string} what */
  async download(what) {
    try {
      const { url } = await call(`/admin/files/${this.fileId}/downloads`, { method: 'POST', json: { what } });
      location.assign(url);
    } catch (error) {
      this.said = told(error);
      this.requestUpdate();
    }
  }

  async reprocess() {
    try {
      const { replaces } = await call(`/admin/files/${this.fileId}/reprocess`, { method: 'POST', json: this.note ? { note: this.note } : {} });
      this.awaited = replaces + 1;
      this.said = words.awaited(this.awaited);
    } catch (error) {
      this.said = told(error);
    }
    this.open = nothing;
    this.requestUpdate();
  }

  /** @param {unknown} open */
  show(open) {
    this.open = open;
    this.requestUpdate();
  }

  render() {
    if (this.error) return html`<header class="page"><h1>${words.title}</h1></header>${failure(this.error, () => this.refresh())}`;
    if (!this.data) return loading(words.loading);
    const file = this.data;
    const [current, ...before] = file.receipts;
    return html`<header class="page"><p class="crumb"><a href=${to('files', { dataset: file.dataset })}>${pages.files}</a> ${icon('next')} ${file.dataset}</p>
        <h1>${name(file.key)} ${state(file.status)}</h1>
        <p class="muted key"><code>${file.key}</code> · <code>${file.fileId}</code></p></header>
      ${viewerNote()}
      ${this.said ? html`<p class="alert calm" role="status">${icon('wait')}${this.said}</p>` : nothing}
      ${file.deadLetter ? this.dead(file.deadLetter) : nothing}
      ${current ? this.decided(current, file) : !file.deadLetter ? loading(words.waits(me()?.incoming)) : nothing}
      ${before.length ? html`<section class="panel"><h2>${words.earlier}</h2>${before.map((/** @type {any} */ it) => html`<h3>${words.generation(it.generation, time(it.committedAt), it.rulesVersion)}</h3>${sum(it.records)}`)}</section>` : nothing}
      ${this.open === 'reprocess' ? nothing : this.open}`;
  }

  /** @param {any} letter */
  dead(letter) {
    const letterState = letter.discarded ? 'discarded' : letter.redriven ? 'redriven' : 'open';
    return html`<section class="panel group"><div class="what"><h2>${reason(letter.reason)} ${state(letterState)}</h2><p>${letter.detail}</p>
        ${reasons[letter.reason] ? html`<p class="mend">${icon('next')}${reasons[letter.reason].mend}</p>` : nothing}</div>
      <dl class="facts"><dt>${columns.givenUp}</dt><dd>${letter.firstAt === letter.at ? time(letter.at) : words.givenUpAt(time(letter.at), time(letter.firstAt))}</dd><dt>${columns.tries}</dt><dd>${count(letter.receiveCount)}</dd><dt>${columns.cameBack}</dt><dd>${parts.tries(letter.redrives)}</dd>
        ${letter.size === undefined ? nothing : html`<dt>${columns.size}</dt><dd>${size(letter.size)}</dd>`}</dl>
      <div class="acts">${change(parts.retry, () => this.show(html`<winnow-redrive .filter=${{ ids: [letter.id] }} .max=${0} .close=${() => { this.open = nothing; this.refresh(); }}></winnow-redrive>`), { tone: 'main', off: letter.discarded ? words.restoreFirst : '' })}
        <a class="button" href=${to('dead-letters', { reason: letter.reason, state: letter.discarded ? 'discarded' : '' })}>${words.others}</a></div></section>`;
  }

  /** @param {any} receipt @param {any} file */
  decided(receipt, file) {
    const at = (/** @type {string} */ moment) => Date.parse(moment);
    const stages = [
      [columns.dropped, receipt.lastModified, ''],
      [words.takenUp, receipt.startedAt, words.after(duration(at(receipt.startedAt) - at(receipt.lastModified)))],
      [states.committed, receipt.committedAt, words.within(duration(at(receipt.committedAt) - at(receipt.startedAt)))],
    ];
    const has = (/** @type {string} */ outcome) => receipt.outputs.some((/** @type {any} */ it) => it.outcome === outcome);
    return html`
      <div class="columns">
        <section class="panel"><h2>${receipt.generation > 1 ? words.wayOf(receipt.generation) : words.way}</h2>
          <ol class="way">${stages.map(([label, moment, took]) => html`<li>${icon('ok')}<span><strong>${label}</strong> ${took}</span>${time(moment)}</li>`)}
            <li>${icon(file.waiting ? 'wait' : 'ok')}<span><strong>${file.waiting ? words.sourceStays(me()?.incoming) : words.sourceGone}</strong></span></li></ol>
          <p class="small muted">${words.origin(vias[receipt.via] ?? receipt.via, receipt.rulesVersion, receipt.winnowVersion, size(receipt.size), receipt.compression)}</p></section>
        <section class="panel"><h2>${words.addsUp}</h2>${sum(receipt.records)}
          <div class="acts">
            ${change(html`${icon('down')}${parts.accepted}`, () => this.download('successful'), { off: has('successful') ? '' : words.noneAccepted })}
            ${change(html`${icon('down')}${parts.rejected}`, () => this.download('unsuccessful'), { off: has('unsuccessful') ? '' : words.noneRejected })}
            ${change(html`${icon('down')}${words.source}`, () => this.download('backup'))}
            ${change(html`${icon('back')}${words.decideAgain}`, () => this.show('reprocess'))}</div></section>
      </div>
      ${Object.keys(receipt.violations).length ? html`<section class="panel"><h2>${parts.whyRejected}</h2>${codes(receipt.violations, parts.codesGiven, (code) => to('files', { code, dataset: receipt.dataset, date: receipt.lastModified.slice(0, 10) }))}</section>` : nothing}
      ${this.rejected()}
      <section class="panel"><details><summary>${words.receipt}</summary><pre tabindex="0">${JSON.stringify(receipt, null, 2)}</pre>
        <button type="button" @click=${() => save(`${receipt.fileId}.json`, JSON.stringify(receipt, null, 2), 'application/json')}>${icon('down')}${words.save}</button></details></section>
      ${this.open === 'reprocess' ? dialog(words.decideAgain, html`<p>${words.decideAgainLead(receipt.generation + 1)}</p>
        ${note(this)}
        <footer><button type="button" @click=${() => this.show(nothing)}>${parts.leave}</button>${change(words.decideAgain, () => this.reprocess(), { tone: 'main' })}</footer>`, () => this.show(nothing)) : nothing}`;
  }

  rejected() {
    if (!this.rows) return nothing;
    if (this.rows.error) return html`<section class="panel"><h2>${parts.rejectedRows}</h2><p class="muted">${this.rows.error.message}</p></section>`;
    const { columns, rows, masked, next } = this.rows;
    return html`<section class="panel"><h2>${parts.rejectedRows}</h2>
      ${masked ? html`<p class="note">${icon('lock')}${words.masked}</p>` : nothing}
      ${rows.length ? rejectedRows(columns, rows) : empty(words.noRows)}
      ${next ? more(parts.shown(rows.length), () => this.moreRows()) : nothing}
      ${mayChange() ? html`<p class="small muted">${words.people}</p>` : nothing}</section>`;
  }
}
customElements.define('winnow-file', FilePage);
