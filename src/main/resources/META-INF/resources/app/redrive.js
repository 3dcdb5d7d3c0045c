/**
 * The dialog that sends dead letters back: a look at what would be sent, the order, and its progress.
 *
 * The order carries the token of the look, so that the service refuses it where anything has changed in between; then
 * the dialog looks again. It also carries an Idempotency-Key, so that a reply that is lost costs nothing.
 */
import { html, nothing } from './vendor/lit.js';
import { Element } from './element.js';
import { icon } from './icons.js';
import { call, Refusal, told } from './session.js';
import { time } from './format.js';
import { found } from './chosen.js';
import { change, dialog, loading, note, notice, state } from './parts.js';
import { columns, count, parts, redrive as words, states } from './strings.js';
import { to } from './route.js';

const POLL = 1000;

class Redrive extends Element {
  static properties = { filter: { attribute: false }, max: { type: Number }, follow: {}, close: { attribute: false } };

  constructor() {
    super();
    /** @type {Answer.Filter} */
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
      this.error = told(error);
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
      } else this.error = told(error);
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
      this.error = told(error);
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
    const title = this.progress ? words.redrive : this.max === 1 ? parts.retryFirst : parts.retry;
    return dialog(title, html`
      ${this.error ? notice('bad', this.error) : nothing}
      ${this.progress ? this.going(this.progress) : this.look ? this.asking(this.look) : this.error ? nothing : loading(words.looking)}`,
      this.close);
  }

  /** @param {any} look */
  asking(look) {
    const n = look.matched;
    return html`
      ${this.drifted ? notice('warn', words.changed) : nothing}
      <p class="big">${n ? words.sends(n) : words.sendsNone}</p>
      ${found(look, this.filter, words.caption)}
      ${look.overBudget || this.reset ? html`<label class="check"><input type="checkbox" .checked=${this.reset} @change=${() => { this.reset = !this.reset; void this.preview(); }}>${words.reset}</label>` : nothing}
      ${note(this)}
      <footer><button type="button" @click=${() => this.close()}>${parts.leave}</button>
        ${change(this.busy ? words.sending : words.send(n), () => this.send(), { tone: 'main', off: n ? '' : words.nothing })}</footer>`;
  }

  /** @param {any} it */
  going(it) {
    const paused = it.state === 'paused';
    const running = it.state === 'running';
    const ended = !running && !paused && !it.left;
    const off = this.busy ? parts.underWay : '';
    const held = it.queue ? words.queueMoves : it.sent === it.matched ? words.allSent : off;
    const good = it.succeeded ?? 0;
    const back = it.backAgain ?? 0;
    const tone = !ended ? 'calm' : back || it.lost ? 'bad' : 'ok';
    const said = !ended ? words.soFar(it.sent, it.matched, good) : back ? words.cameBack(back, it.matched) : words.decided(good, it.matched);
    return html`
      <p class="alert ${tone}" role="status">${icon(ended ? (tone === 'ok' ? 'ok' : 'bad') : paused ? 'pause' : 'wait')}${paused ? words.paused(said) : said}</p>
      <progress max=${it.matched || 1} value=${good + back + (it.lost ?? 0)} aria-label=${words.progress}></progress>
      <dl class="counts">
        <div><dt>${words.countSent}</dt><dd>${count(it.sent)}</dd></div><div><dt>${states.committed}</dt><dd>${count(good)}</dd></div>
        <div><dt>${columns.cameBack}</dt><dd>${count(back)}</dd></div><div><dt>${words.countUnderWay}</dt><dd>${count(it.left ?? 0)}</dd></div>
        ${it.skipped ? html`<div><dt>${words.countPassed}</dt><dd>${count(it.skipped)}</dd></div>` : nothing}
        ${it.lost ? html`<div><dt>${words.countLost}</dt><dd>${count(it.lost)}</dd></div>` : nothing}
      </dl>
      <p class="muted">${words.ordered(state(it.state), it.by, time(it.startedAt), it.note)}</p>
      <footer>
        ${running ? change(html`${icon('pause')}${words.pause}`, () => this.steer('/pause'), { off: held }) : nothing}
        ${paused ? change(html`${icon('next')}${words.resume}`, () => this.steer('/resume'), { off, tone: 'main' }) : nothing}
        ${running || paused ? change(words.stop, () => this.steer('', 'DELETE'), { off }) : nothing}
        ${back ? html`<a class="button" href=${to('dead-letters', { reason: this.filter.reason })} @click=${() => this.close()}>${words.seeBack}</a>` : nothing}
        ${this.max === 1 && ended && !back
          ? html`<button type="button" @click=${() => this.close()}>${parts.leaveRest}</button>${change(words.retryRest, () => this.rest(), { tone: 'main' })}`
          : html`<button type="button" class="main" @click=${() => this.close()}>${parts.close}</button>`}
      </footer>`;
  }
}
customElements.define('winnow-redrive', Redrive);

