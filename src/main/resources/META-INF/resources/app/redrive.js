/**
 * The dialog that sends dead letters back: a look at what would be sent, the order, and its progress.
 *
 * The order carries the token of the look, so that the service refuses it where anything has changed in between; then
 * the dialog looks again. It also carries an Idempotency-Key, so that a reply that is lost costs nothing.
 */
import { html, nothing } from './vendor/lit.js';
import { Element } from './element.js';
import { icon } from './icons.js';
import { call, Refusal } from './session.js';
import { count, time } from './format.js';
import { found } from './chosen.js';
import { state, loading, dialog, change } from './parts.js';
import { to } from './route.js';

const POLL = 1000;

/** @typedef {import('./chosen.js').Filter} Filter */

class Redrive extends Element {
  static properties = { filter: { attribute: false }, max: { type: Number }, follow: {}, close: { attribute: false } };

  constructor() {
    super();
    /** @type {Filter} */
    this.filter = {};
    /** At most so many; 0 for all. */
    this.max = 0;
    /** The redrive that is looked at, when there is one already. */
    this.follow = '';
    this.close = () => {};
    /** @type {any} */
    this.look = undefined;
    /** @type {any} */
    this.progress = undefined;
    this.error = '';
    this.busy = false;
    this.drifted = false;
    this.reset = false;
    this.note = '';
    this.key = crypto.randomUUID?.() ?? String(Math.random());
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
  }

  connectedCallback() {
    super.connectedCallback();
    void (this.follow ? this.watch(this.follow) : this.preview());
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  order() {
    return { ...this.filter, ...(this.max ? { max: this.max } : {}), ...(this.reset ? { resetBudget: true } : {}) };
  }

  async preview() {
    this.look = undefined;
    this.error = '';
    this.requestUpdate();
    try {
      this.look = await call('/admin/dead-letters/redrive', { method: 'POST', json: { ...this.order(), dryRun: true } });
    } catch (error) {
      this.error = String(error instanceof Error ? error.message : error);
    }
    this.requestUpdate();
  }

  async send() {
    if (this.busy) return;
    this.busy = true;
    this.error = '';
    this.requestUpdate();
    try {
      const ordered = await call('/admin/dead-letters/redrive', {
        method: 'POST',
        headers: { 'Idempotency-Key': this.key },
        json: { ...this.order(), token: this.look.token, ...(this.note ? { note: this.note } : {}) },
      });
      this.drifted = false;
      await this.watch(ordered.redriveId);
    } catch (error) {
      if (error instanceof Refusal && error.status === 409) {
        this.drifted = true;
        this.key = crypto.randomUUID?.() ?? String(Math.random());
        await this.preview();
      } else this.error = String(error instanceof Error ? error.message : error);
    }
    this.busy = false;
    this.requestUpdate();
  }

  /** @param {string} id */
  async watch(id) {
    clearTimeout(this.timer);
    try {
      this.progress = await call(`/admin/redrives/${id}`);
      this.error = '';
    } catch (error) {
      this.error = String(error instanceof Error ? error.message : error);
    }
    this.requestUpdate();
    const it = this.progress;
    if (!this.isConnected) return;
    if (!it || it.state === 'running' || it.left > 0) this.timer = setTimeout(() => this.watch(id), POLL);
    else if (it.state === 'paused') this.timer = setTimeout(() => this.watch(id), 5 * POLL);
  }

  /**
   * Pauses, resumes or cancels, and looks on. What is refused came too late, and the look tells why.
   * @param {string} what @param {string} method
   */
  async steer(what, method = 'POST') {
    if (this.busy) return;
    this.busy = true;
    this.requestUpdate();
    const { id } = this.progress;
    let refused = '';
    await call(`/admin/redrives/${id}${what}`, method === 'POST' ? { method, json: {} } : { method }).catch((e) => {
      refused = e.message;
    });
    this.busy = false;
    await this.watch(id);
    this.error ||= refused;
    this.requestUpdate();
  }

  /** Goes on with all that the filter means, after one was tried. */
  rest() {
    this.max = 0;
    this.follow = '';
    this.progress = undefined;
    this.key = crypto.randomUUID?.() ?? String(Math.random());
    clearTimeout(this.timer);
    void this.preview();
  }

  render() {
    const title = this.progress ? 'Sent back' : this.max === 1 ? 'Retry one first' : 'Retry';
    return dialog(title, html`
      ${this.error ? html`<p class="alert bad" role="alert">${icon('bad')}${this.error}</p>` : nothing}
      ${this.progress ? this.going(this.progress) : this.look ? this.asking(this.look) : this.error ? nothing : loading('Looking what would be sent…')}`,
      this.close);
  }

  /** @param {any} look */
  asking(look) {
    const n = look.matched;
    return html`
      ${this.drifted ? html`<p class="alert warn" role="alert">${icon('warn')}What matches has changed since you looked. Nothing was sent: look again.</p>` : nothing}
      <p class="big">${n ? html`<strong>${count(n)}</strong> ${n === 1 ? 'file goes' : 'files go'} back to the queue and ${n === 1 ? 'is' : 'are'} tried like new.` : 'Nothing can be sent back now.'}</p>
      ${found(look, this.filter, 'What goes back')}
      ${look.overBudget || this.reset ? html`<label class="check"><input type="checkbox" .checked=${this.reset} @change=${() => { this.reset = !this.reset; void this.preview(); }}>Also those that have come back too often: the cause is really mended</label>` : nothing}
      <label>Note for the audit trail, if you like<input maxlength="1000" .value=${this.note} @input=${(/** @type {any} */ e) => (this.note = e.target.value)}></label>
      <footer><button type="button" @click=${() => this.close()}>Leave it</button>
        ${change(this.busy ? 'Sending…' : `Send ${count(n)} back`, () => this.send(), { tone: 'main', off: n ? '' : 'There is nothing to send' })}</footer>`;
  }

  /** @param {any} it */
  going(it) {
    const paused = it.state === 'paused';
    const running = it.state === 'running';
    const ended = !running && !paused && !it.left;
    const off = this.busy ? 'It is under way' : '';
    const held = it.queue ? 'SQS itself moves the queue, which can only be stopped' : it.sent === it.matched ? 'All of them are sent' : off;
    const good = it.succeeded ?? 0;
    const back = it.backAgain ?? 0;
    const tone = !ended ? 'calm' : back || it.lost ? 'bad' : 'ok';
    const words = !ended
      ? `${count(it.sent)} of ${count(it.matched)} sent, ${count(good)} decided so far`
      : back
        ? `${count(back)} of ${count(it.matched)} came back: the cause is not mended yet`
        : `${count(good)} of ${count(it.matched)} decided`;
    return html`
      <p class="alert ${tone}" role="status">${icon(ended ? (tone === 'ok' ? 'ok' : 'bad') : paused ? 'pause' : 'wait')}${paused ? 'Paused: ' : nothing}${words}</p>
      <progress max=${it.matched || 1} value=${good + back + (it.lost ?? 0)} aria-label="Come to an end"></progress>
      <dl class="counts">
        <div><dt>Sent</dt><dd>${count(it.sent)}</dd></div><div><dt>Decided</dt><dd>${count(good)}</dd></div>
        <div><dt>Back again</dt><dd>${count(back)}</dd></div><div><dt>Under way</dt><dd>${count(it.left ?? 0)}</dd></div>
        ${it.skipped ? html`<div><dt>Passed over</dt><dd>${count(it.skipped)}</dd></div>` : nothing}
        ${it.lost ? html`<div><dt>Lost</dt><dd>${count(it.lost)}</dd></div>` : nothing}
      </dl>
      <p class="muted">${state(it.state)} by ${it.by}, ${time(it.startedAt)}${it.note ? html`: “${it.note}”` : nothing}</p>
      <footer>
        ${running ? change(html`${icon('pause')}Pause`, () => this.steer('/pause'), { off: held }) : nothing}
        ${paused ? change(html`${icon('next')}Resume`, () => this.steer('/resume'), { off, tone: 'main' }) : nothing}
        ${running || paused ? change('Stop sending', () => this.steer('', 'DELETE'), { off }) : nothing}
        ${back ? html`<a class="button" href=${to('dead-letters', { reason: this.filter.reason })} @click=${() => this.close()}>See what came back</a>` : nothing}
        ${this.max === 1 && ended && !back
          ? html`<button type="button" @click=${() => this.close()}>Leave the rest</button>${change('Retry the rest', () => this.rest(), { tone: 'main' })}`
          : html`<button type="button" class="main" @click=${() => this.close()}>Close</button>`}
      </footer>`;
  }
}
customElements.define('winnow-redrive', Redrive);

