/** A file tried first and then sent: nothing is written before the second click. */
import { html, nothing } from './vendor/lit.js';
import { Page } from './element.js';
import { icon } from './icons.js';
import { call, me } from './session.js';
import { count, percent, size } from './format.js';
import { change, loading, reason, state } from './parts.js';
import { codes } from './charts.js';
import { sum } from './rows.js';
import { upload } from './upload.js';
import { to } from './route.js';

const WATCH = 800;

class Drop extends Page {
  constructor() {
    super();
    this.dataset_ = me()?.datasets[0]?.name ?? '';
    /** @type {File | undefined} */
    this.file = undefined;
    this.over = false;
    this.sent = 0;
    /** @type {'' | 'sending' | 'watching' | 'ended'} */
    this.stage = '';
    this.problem = '';
    this.fileId = '';
    /** @type {any} */
    this.end = undefined;
    /** @type {AbortController | undefined} */
    this.line = undefined;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.line?.abort();
  }

  /** @param {File | undefined} file */
  take(file) {
    if (!file) return;
    this.line?.abort();
    Object.assign(this, { file, over: false, stage: '', problem: '', fileId: '', end: undefined, data: undefined, error: undefined });
    this.run();
  }

  run() {
    const file = /** @type {File} */ (this.file);
    void this.load(() =>
      call('/admin/validate', {
        method: 'POST',
        query: { dataset: this.dataset_ },
        headers: { 'Content-Type': 'application/octet-stream' },
        body: file,
      }));
  }

  async send() {
    const file = /** @type {File} */ (this.file);
    const line = (this.line = new AbortController());
    Object.assign(this, { stage: 'sending', sent: 0, problem: '' });
    this.requestUpdate();
    try {
      const { key, eTag } = await upload(this.dataset_, file, {
        signal: line.signal,
        progress: (sent) => {
          this.sent = sent;
          this.requestUpdate();
        },
      });
      this.stage = 'watching';
      this.requestUpdate();
      await this.watch(key, eTag, file.size, line.signal);
    } catch (error) {
      this.stage = '';
      if (!(error instanceof DOMException)) this.problem = String(error instanceof Error ? error.message : error);
    }
    this.requestUpdate();
  }

  /**
   * Looks until the file has come to an end. Without an ETag, which the bucket's CORS rules may keep back, it is looked
   * for by its key.
   * @param {string} key @param {string | null} eTag @param {number} bytes @param {AbortSignal} signal
   */
  async watch(key, eTag, bytes, signal) {
    while (!signal.aborted) {
      if (!this.fileId && eTag) this.fileId = (await call('/admin/uploads/file', { query: { key, eTag, size: String(bytes) } })).fileId;
      if (!this.fileId) this.fileId = (await call('/admin/search', { query: { key } })).hits[0]?.id ?? '';
      const file = this.fileId ? await call(`/admin/files/${this.fileId}`).catch(() => undefined) : undefined;
      if (file && file.status !== 'waiting') {
        this.end = file;
        this.stage = 'ended';
        return;
      }
      await new Promise((done) => setTimeout(done, WATCH));
    }
  }

  render() {
    const kinds = me()?.datasets ?? [];
    const kind = kinds.find((it) => it.name === this.dataset_);
    return html`<header class="page"><h1>Drop a file</h1><p class="muted">First a dry run by the intake’s own engine, which writes nothing; then the upload.</p></header>
      <section class="panel">
        <div class="fields"><label>Dataset<select @change=${(/** @type {any} */ e) => { this.dataset_ = e.target.value; if (this.file) this.run(); this.requestUpdate(); }}>${kinds.map((it) => html`<option ?selected=${it.name === this.dataset_}>${it.name}</option>`)}</select></label>
          <p class="muted">Required columns: ${kind?.columns.map((it, i) => html`${i ? ', ' : ''}<code>${it}</code>`)}</p></div>
        <label class="dropzone ${this.over ? 'over' : ''}" @dragover=${(/** @type {DragEvent} */ e) => { e.preventDefault(); this.over = true; this.requestUpdate(); }}
          @dragleave=${() => { this.over = false; this.requestUpdate(); }} @drop=${(/** @type {DragEvent} */ e) => { e.preventDefault(); this.take(e.dataTransfer?.files[0]); }}>
          ${icon('up')}<span>${this.file ? html`<strong>${this.file.name}</strong> <span class="muted">${size(this.file.size)}</span>` : html`<strong>Choose a file</strong> or drop it here`}</span>
          <span class="small muted">CSV as it is, or packed by gzip or zstd</span>
          <input type="file" class="sr" @change=${(/** @type {any} */ e) => { this.take(e.target.files[0]); e.target.value = ''; }}></label>
      </section>
      ${this.error ? html`<section class="panel failure" role="alert">${icon('bad')}<p><strong>The dry run failed</strong></p><p>${this.error instanceof Error ? this.error.message : this.error}</p><button type="button" @click=${() => this.run()}>Try again</button></section>`
        : this.busy ? loading('Trying every row…') : this.data ? this.result(this.data) : nothing}`;
  }

  /** @param {any} tried */
  result(tried) {
    const records = tried.records;
    const bad = records ? records.rejected + records.unreadable : 0;
    const tone = !tried.readable ? 'bad' : bad ? 'warn' : 'ok';
    return html`
      <section class="panel"><div class="verdict ${tone}">${icon(/** @type {import('./icons.js').Icon} */ (tone))}<div>
          <h2>${!tried.readable ? html`It would be given up: ${reason(tried.reason)}` : bad ? `${count(bad)} of ${count(records.read)} rows (${percent(bad, records.read)} %) would be rejected` : `All ${count(records.read)} rows would be accepted`}</h2>
          <p>${tried.detail ?? nothing} <strong>Nothing has been written.</strong></p></div></div>
        ${this.columns(tried)}
        ${records ? sum(records) : nothing}
        ${this.sending(tried)}
      </section>
      ${Object.keys(tried.violations).length ? html`<section class="panel"><h2>Why rows would be rejected</h2>${codes(tried.violations, 'Codes that rows would be given')}</section>` : nothing}
      ${tried.rows.length ? html`<section class="panel"><h2>Failing rows</h2><div class="scroll" tabindex="0" role="region" aria-label="Failing rows"><table><caption class="sr">Rows that would not be accepted</caption>
        <thead><tr><th scope="col" class="n">Line</th><th scope="col">Column</th><th scope="col">What is wrong</th></tr></thead>
        <tbody>${tried.rows.map((/** @type {any} */ row) => row.violations.map((/** @type {any} */ it, /** @type {number} */ i) => html`<tr>${i ? html`<td></td>` : html`<th scope="row" class="n">${count(row.line)}</th>`}<td>${it.field ? html`<code>${it.field}</code>` : 'the row'}</td><td><span class="why">${icon('bad')}${it.message}</span></td></tr>`))}</tbody></table></div>
        ${tried.truncated ? html`<p class="muted">The first ${count(tried.rows.length)}; there are more.</p>` : nothing}</section>` : nothing}`;
  }

  /** @param {any} tried */
  columns(tried) {
    const missing = tried.missing ?? [];
    const required = tried.columns?.required ?? me()?.datasets.find((it) => it.name === tried.dataset)?.columns ?? [];
    if (!tried.columns && !missing.length) return nothing;
    const chip = (/** @type {string} */ it, /** @type {string} */ tone, /** @type {import('./icons.js').Icon} */ drawing, /** @type {string} */ word) =>
      html`<li class="state ${tone}">${icon(drawing)}<code>${it}</code> ${word}</li>`;
    return html`<ul class="chips" aria-label="Columns">
      ${required.map((/** @type {string} */ it) => (missing.includes(it) ? chip(it, 'bad', 'bad', 'missing') : chip(it, 'ok', 'ok', 'found')))}
      ${(tried.columns?.unknown ?? []).map((/** @type {string} */ it) => chip(it || '(no name)', 'calm', 'next', 'carried along'))}</ul>`;
  }

  /** @param {any} tried */
  sending(tried) {
    const file = /** @type {File} */ (this.file);
    if (this.stage === 'sending')
      return html`<div class="fields"><progress max=${file.size || 1} value=${this.sent} aria-label="Uploaded"></progress><span role="status">${percent(this.sent, file.size)} % of ${size(file.size)}</span><button type="button" @click=${() => this.line?.abort()}>Cancel</button></div>`;
    if (this.stage === 'watching')
      return html`<p class="alert calm" role="status"><span class="pulse"></span>It is in the bucket. Waiting for its receipt…</p>`;
    if (this.stage === 'ended')
      return html`<p class="alert ${this.end.status === 'committed' ? 'ok' : 'bad'}" role="status">${state(this.end.status)} ${this.end.receipts[0] ? `${count(this.end.receipts[0].records.accepted)} rows accepted, ${count(this.end.receipts[0].records.rejected + this.end.receipts[0].records.unreadable)} rejected` : this.end.deadLetter?.detail}
        <a class="button main" href=${to('files', {}, this.end.fileId)}>See the file</a></p>`;
    return html`${this.problem ? html`<p class="alert bad" role="alert">${icon('bad')}${this.problem}</p>` : nothing}
      <div class="acts">${change(html`${icon('up')}${tried.readable ? 'Upload it' : 'Upload it all the same'}`, () => this.send(), { tone: 'main' })}</div>`;
  }
}
customElements.define('winnow-drop', Drop);
