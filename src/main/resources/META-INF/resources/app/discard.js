/**
 * The dialog that discards dead letters: a look at what would be, then one call that discards just these. They go to the
 * trash, from where files can be taken back.
 */
import { html, nothing } from './vendor/lit.js';
import { Element } from './element.js';
import { call, Refusal, told } from './session.js';
import { change, dialog, loading, note, notice } from './parts.js';
import { found } from './chosen.js';
import { discard as words, parts } from './strings.js';

/** Above that, the count has to be typed. */
const TYPED = 100;

class Discard extends Element {
  static properties = { filter: { attribute: false }, close: { attribute: false } };

  constructor() {
    super();
    /** @type {Answer.Filter} */
    this.filter = {};
    /** @type {(changed: boolean) => void} */
    this.close = () => {};
    /** @type {any} */
    this.look = undefined;
    this.typed = '';
    this.note = '';
    this.error = '';
    this.busy = false;
    this.drifted = false;
    /** What went so far: one call discards so many at most. */
    this.gone = 0;
    this.passedOver = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    void this.preview();
  }

  /** @param {object} more */
  ask(more) {
    return call('/admin/dead-letters/discard', { method: 'POST', json: { ...this.filter, ...more } });
  }

  async preview() {
    this.look = undefined;
    this.typed = '';
    this.requestUpdate();
    try {
      this.look = await this.ask({ dryRun: true });
    } catch (error) {
      this.error = told(error);
    }
    this.requestUpdate();
  }

  async discard() {
    if (this.busy) return;
    this.busy = true;
    this.error = '';
    this.requestUpdate();
    try {
      const answer = await this.ask({ token: this.look.token, ...(this.note ? { note: this.note } : {}) });
      this.drifted = false;
      this.gone += answer.discarded;
      this.passedOver += answer.skipped;
      if (!answer.left && !answer.skipped && answer.exact) this.close(true);
      else await this.preview();
    } catch (error) {
      // An outage may have left some discarded, so that it has to be looked at again too.
      this.drifted = error instanceof Refusal && error.status === 409;
      if (!this.drifted) this.error = told(error);
      await this.preview();
    }
    this.busy = false;
    this.requestUpdate();
  }

  render() {
    return dialog(words.title, html`
      ${this.error ? notice('bad', this.error) : nothing}
      ${this.look ? this.asking(this.look) : this.error ? nothing : loading(words.looking)}`,
      () => this.leave());
  }

  leave() {
    this.close(this.error !== '' || this.drifted || this.gone + this.passedOver > 0);
  }

  /** @param {any} look */
  asking(look) {
    const n = look.matched;
    const begun = this.gone + this.passedOver > 0;
    // Who has typed the count once has said what is meant.
    const typed = n > TYPED && !begun;
    const wrong = typed && this.typed !== String(n);
    return html`
      ${this.drifted ? notice('warn', words.changed) : nothing}
      ${begun ? notice('ok', words.soFar(this.gone, this.passedOver, n + look.left, look.exact)) : nothing}
      <p class="big">${n ? words.discards(n, n + look.left, look.exact) : words.discardsNone}</p>
      <p>${words.stays}</p>
      ${found(look, this.filter, words.caption)}
      ${typed ? html`<label>${words.typeToGoOn(n)}<input inputmode="numeric" .value=${this.typed} @input=${(/** @type {any} */ e) => { this.typed = e.target.value.trim(); this.requestUpdate(); }}></label>` : nothing}
      ${begun ? nothing : note(this)}
      <footer><button type="button" @click=${() => this.leave()}>${begun ? (n ? parts.leaveRest : parts.close) : parts.leave}</button>
        ${begun && !n ? nothing : change(this.busy ? words.discarding : words.discard(n, begun), () => this.discard(), { tone: 'danger', off: this.busy ? parts.underWay : !n ? words.nothing : wrong ? words.typeFirst(n) : '' })}</footer>`;
  }
}
customElements.define('winnow-discard', Discard);
