/** A file tried first and then sent: nothing is written before the second click. */
import { html, nothing } from './vendor/lit.js';
import { Page } from './element.js';
import { icon } from './icons.js';
import { call, me, told } from './session.js';
import { size } from './format.js';
import { change, failure, head, heading, loading, notice, reason, state, table } from './parts.js';
import { codes } from './charts.js';
import { sum } from './rows.js';
import { upload } from './upload.js';
import { count, drop as words, parts } from './strings.js';
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
      if (!(error instanceof DOMException)) this.problem = told(error);
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
    return html`${heading(parts.dropFile, words.lead)}
      <section class="panel">
        <div class="fields"><label>${parts.dataset}<select @change=${(/** @type {any} */ e) => { this.dataset_ = e.target.value; if (this.file) this.run(); this.requestUpdate(); }}>${kinds.map((it) => html`<option ?selected=${it.name === this.dataset_}>${it.name}</option>`)}</select></label>
          <p class="muted">${words.required(kind?.columns.map((it, i) => html`${i ? ', ' : ''}<code>${it}</code>`))}</p></div>
        <label class="dropzone ${this.over ? 'over' : ''}" @dragover=${(/** @type {DragEvent} */ e) => { e.preventDefault(); this.over = true; this.requestUpdate(); }}
          @dragleave=${() => { this.over = false; this.requestUpdate(); }} @drop=${(/** @type {DragEvent} */ e) => { e.preventDefault(); this.take(e.dataTransfer?.files[0]); }}>
          ${icon('up')}<span>${this.file ? html`<strong>${this.file.name}</strong> <span class="muted">${size(this.file.size)}</span>` : words.choose()}</span>
          <span class="small muted">${words.kinds}</span>
          <input type="file" class="sr" @change=${(/** @type {any} */ e) => { this.take(e.target.files[0]); e.target.value = ''; }}></label>
      </section>
      ${this.error ? failure(this.error, () => this.run(), words.failed)
        : this.busy ? loading(words.trying) : this.data ? this.result(this.data) : nothing}`;
  }

  /** @param {any} tried */
  result(tried) {
    const records = tried.records;
    const bad = records ? records.rejected + records.unreadable : 0;
    const tone = !tried.readable ? 'bad' : bad ? 'warn' : 'ok';
    return html`
      <section class="panel"><div class="verdict ${tone}">${icon(/** @type {import('./icons.js').Icon} */ (tone))}<div>
          <h2>${!tried.readable ? words.givenUp(reason(tried.reason)) : bad ? words.rejected(bad, records.read) : words.accepted(records.read)}</h2>
          <p>${tried.detail ?? nothing} <strong>${words.nothingWritten}</strong></p></div></div>
        ${this.columns(tried)}
        ${records ? sum(records) : nothing}
        ${this.sending(tried)}
      </section>
      ${Object.keys(tried.violations).length ? html`<section class="panel"><h2>${words.whyRejected}</h2>${codes(tried.violations, words.codes)}</section>` : nothing}
      ${tried.rows.length ? html`<section class="panel"><h2>${words.failing}</h2>${table(words.failing, words.failingCaption, [head('line', 'n'), head('column'), head('wrong')],
        tried.rows.map((/** @type {any} */ row) => row.violations.map((/** @type {any} */ it, /** @type {number} */ i) => html`<tr>${i ? html`<td></td>` : html`<th scope="row" class="n">${count(row.line)}</th>`}<td>${it.field ? html`<code>${it.field}</code>` : words.row}</td><td><span class="why">${icon('bad')}${it.message}</span></td></tr>`)), '')}
        ${tried.truncated ? html`<p class="muted">${words.first(tried.rows.length)}</p>` : nothing}</section>` : nothing}`;
  }

  /** @param {any} tried */
  columns(tried) {
    const missing = tried.missing ?? [];
    const required = tried.columns?.required ?? me()?.datasets.find((it) => it.name === tried.dataset)?.columns ?? [];
    if (!tried.columns && !missing.length) return nothing;
    const chip = (/** @type {string} */ it, /** @type {string} */ tone, /** @type {import('./icons.js').Icon} */ drawing, /** @type {string} */ word) =>
      html`<li class="state ${tone}">${icon(drawing)}<code>${it}</code> ${word}</li>`;
    return html`<ul class="chips" aria-label=${words.columns}>
      ${required.map((/** @type {string} */ it) => (missing.includes(it) ? chip(it, 'bad', 'bad', words.missing) : chip(it, 'ok', 'ok', words.found)))}
      ${(tried.columns?.unknown ?? []).map((/** @type {string} */ it) => chip(it || words.noName, 'calm', 'next', words.carried))}</ul>`;
  }

  /** @param {any} tried */
  sending(tried) {
    const file = /** @type {File} */ (this.file);
    if (this.stage === 'sending')
      return html`<div class="fields"><progress max=${file.size || 1} value=${this.sent} aria-label=${words.uploaded}></progress><span role="status">${words.progress(this.sent, file.size, size(file.size))}</span><button type="button" @click=${() => this.line?.abort()}>${parts.cancel}</button></div>`;
    if (this.stage === 'watching')
      return html`<p class="alert calm" role="status"><span class="pulse"></span>${words.watching}</p>`;
    const of = this.end?.receipts[0]?.records;
    if (this.stage === 'ended')
      return html`<p class="alert ${this.end.status === 'committed' ? 'ok' : 'bad'}" role="status">${state(this.end.status)} ${of ? words.ended(of.accepted, of.rejected + of.unreadable) : this.end.deadLetter?.detail}
        <a class="button main" href=${to('files', {}, this.end.fileId)}>${words.see}</a></p>`;
    return html`${this.problem ? notice('bad', this.problem) : nothing}
      <div class="acts">${change(html`${icon('up')}${tried.readable ? words.upload : words.uploadAnyway}`, () => this.send(), { tone: 'main' })}</div>`;
  }
}
customElements.define('winnow-drop', Drop);
