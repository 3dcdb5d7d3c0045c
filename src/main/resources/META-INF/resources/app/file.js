/** One file: its way, its counts, what was wrong with it, and what can be done. */
import { html, nothing } from './vendor/lit.js';
import { Page } from './element.js';
import { icon } from './icons.js';
import { call, mayChange } from './session.js';
import { onLive, latest } from './live.js';
import { onChoice } from './settings.js';
import { count, duration, name, size, time } from './format.js';
import { change, dialog, empty, failure, loading, reason, save, state, viewerNote } from './parts.js';
import { codes } from './charts.js';
import { rejectedRows, sum } from './rows.js';
import { reasons } from './strings.js';
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
      this.said = String(error instanceof Error ? error.message : error);
      this.requestUpdate();
    }
  }

  async reprocess() {
    try {
      const { replaces } = await call(`/admin/files/${this.fileId}/reprocess`, { method: 'POST', json: this.note ? { note: this.note } : {} });
      this.awaited = replaces + 1;
      this.said = `Generation ${this.awaited} is on the queue; it shows here once it is decided.`;
    } catch (error) {
      this.said = String(error instanceof Error ? error.message : error);
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
    if (this.error) return html`<header class="page"><h1>File</h1></header>${failure(this.error, () => this.refresh())}`;
    if (!this.data) return loading('Looking for the file…');
    const file = this.data;
    const [current, ...before] = file.receipts;
    return html`<header class="page"><p class="crumb"><a href=${to('files', { dataset: file.dataset })}>Files</a> ${icon('next')} ${file.dataset}</p>
        <h1>${name(file.key)} ${state(file.status)}</h1>
        <p class="muted key"><code>${file.key}</code> · <code>${file.fileId}</code></p></header>
      ${viewerNote()}
      ${this.said ? html`<p class="alert calm" role="status">${icon('wait')}${this.said}</p>` : nothing}
      ${file.deadLetter ? this.dead(file.deadLetter) : nothing}
      ${current ? this.decided(current, file) : !file.deadLetter ? html`<p class="panel quiet" role="status"><span class="pulse"></span>It lies in <code>incoming/</code> and waits to be read.</p>` : nothing}
      ${before.length ? html`<section class="panel"><h2>Earlier generations</h2>${before.map((/** @type {any} */ it) => html`<h3>Generation ${it.generation}, decided ${time(it.committedAt)} under rules <code>${it.rulesVersion}</code></h3>${sum(it.records)}`)}</section>` : nothing}
      ${this.open === 'reprocess' ? nothing : this.open}`;
  }

  /** @param {any} letter */
  dead(letter) {
    const letterState = letter.discarded ? 'discarded' : letter.redriven ? 'redriven' : 'open';
    return html`<section class="panel group"><div class="what"><h2>${reason(letter.reason)} ${state(letterState)}</h2><p>${letter.detail}</p>
        ${reasons[letter.reason] ? html`<p class="mend">${icon('next')}${reasons[letter.reason].mend}</p>` : nothing}</div>
      <dl class="facts"><dt>Given up</dt><dd>${time(letter.at)}${letter.firstAt === letter.at ? nothing : html`, first ${time(letter.firstAt)}`}</dd><dt>Tries</dt><dd>${count(letter.receiveCount)}</dd><dt>Came back</dt><dd>${count(letter.redrives)} times</dd>
        ${letter.size === undefined ? nothing : html`<dt>Size</dt><dd>${size(letter.size)}</dd>`}</dl>
      <div class="acts">${change('Retry', () => this.show(html`<winnow-redrive .filter=${{ ids: [letter.id] }} .max=${0} .close=${() => { this.open = nothing; this.refresh(); }}></winnow-redrive>`), { tone: 'main', off: letter.discarded ? 'Restore it from the trash first' : '' })}
        <a class="button" href=${to('dead-letters', { reason: letter.reason, state: letter.discarded ? 'discarded' : '' })}>Others like it</a></div></section>`;
  }

  /** @param {any} receipt @param {any} file */
  decided(receipt, file) {
    const at = (/** @type {string} */ moment) => Date.parse(moment);
    const stages = [
      ['Dropped', receipt.lastModified, ''],
      ['Taken up', receipt.startedAt, `after ${duration(at(receipt.startedAt) - at(receipt.lastModified))}`],
      ['Decided', receipt.committedAt, `in ${duration(at(receipt.committedAt) - at(receipt.startedAt))}`],
    ];
    const has = (/** @type {string} */ outcome) => receipt.outputs.some((/** @type {any} */ it) => it.outcome === outcome);
    return html`
      <div class="columns">
        <section class="panel"><h2>Its way${receipt.generation > 1 ? html`, generation ${receipt.generation}` : nothing}</h2>
          <ol class="way">${stages.map(([label, moment, took]) => html`<li>${icon('ok')}<span><strong>${label}</strong> ${took}</span>${time(moment)}</li>`)}
            <li>${icon(file.waiting ? 'wait' : 'ok')}<span><strong>${file.waiting ? 'Source still in incoming/' : 'Source backed up and removed'}</strong></span></li></ol>
          <p class="small muted">By ${receipt.via}, rules <code>${receipt.rulesVersion}</code>, Winnow ${receipt.winnowVersion}, ${size(receipt.size)}${receipt.compression === 'none' ? '' : `, ${receipt.compression}`}</p></section>
        <section class="panel"><h2>It adds up</h2>${sum(receipt.records)}
          <div class="acts">
            ${change(html`${icon('down')}Accepted`, () => this.download('successful'), { off: has('successful') ? '' : 'No row was accepted' })}
            ${change(html`${icon('down')}Rejected`, () => this.download('unsuccessful'), { off: has('unsuccessful') ? '' : 'No row was rejected' })}
            ${change(html`${icon('down')}Source`, () => this.download('backup'))}
            ${change(html`${icon('back')}Decide again`, () => this.show('reprocess'))}</div></section>
      </div>
      ${Object.keys(receipt.violations).length ? html`<section class="panel"><h2>Why rows were rejected</h2>${codes(receipt.violations, 'Codes given to rejected rows', (code) => to('files', { code, dataset: receipt.dataset, date: receipt.lastModified.slice(0, 10) }))}</section>` : nothing}
      ${this.rejected()}
      <section class="panel"><details><summary>Receipt</summary><pre tabindex="0">${JSON.stringify(receipt, null, 2)}</pre>
        <button type="button" @click=${() => save(`${receipt.fileId}.json`, JSON.stringify(receipt, null, 2), 'application/json')}>${icon('down')}Save</button></details></section>
      ${this.open === 'reprocess' ? dialog('Decide again', html`<p>The backup is decided again under today’s rules, as generation ${receipt.generation + 1}. Its outputs replace the present ones.</p>
        <label>Note for the audit trail, if you like<input maxlength="1000" @input=${(/** @type {any} */ e) => (this.note = e.target.value)}></label>
        <footer><button type="button" @click=${() => this.show(nothing)}>Leave it</button>${change('Decide again', () => this.reprocess(), { tone: 'main' })}</footer>`, () => this.show(nothing)) : nothing}`;
  }

  rejected() {
    if (!this.rows) return nothing;
    if (this.rows.error) return html`<section class="panel"><h2>Rejected rows</h2><p class="muted">${this.rows.error.message}</p></section>`;
    const { columns, rows, masked, next } = this.rows;
    return html`<section class="panel"><h2>Rejected rows</h2>
      ${masked ? html`<p class="note">${icon('lock')}Letters and digits are masked for viewers; blanks and signs are as they are.</p>` : nothing}
      ${rows.length ? rejectedRows(columns, rows) : empty('There are none')}
      ${next ? html`<p class="more"><button type="button" @click=${() => this.moreRows()}>Show more</button> <span class="muted">${count(rows.length)} shown</span></p>` : nothing}
      ${mayChange() ? html`<p class="small muted">People’s data: look, and leave it here.</p>` : nothing}</section>`;
  }
}
customElements.define('winnow-file', FilePage);
