/**
 * The dialog that discards dead letters: a look at what would be, then one call that discards just these. They go to the
 * trash, from where files can be taken back.
 */
import { html, nothing } from './vendor/lit.js';
import { Element } from './element.js';
import { icon } from './icons.js';
import { call, Refusal } from './session.js';
import { count } from './format.js';
import { change, dialog, loading } from './parts.js';
import { found } from './chosen.js';

/** Above that, the count has to be typed. */
const TYPED = 100;

class Discard extends Element {
  static properties = { filter: { attribute: false }, close: { attribute: false } };

  constructor() {
    super();
    /** @type {import('./chosen.js').Filter} */
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
      this.error = String(error instanceof Error ? error.message : error);
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
      if (!this.drifted) this.error = String(error instanceof Error ? error.message : error);
      await this.preview();
    }
    this.busy = false;
    this.requestUpdate();
  }

  render() {
    return dialog('Discard', html`
      ${this.error ? html`<p class="alert bad" role="alert">${icon('bad')}${this.error}</p>` : nothing}
      ${this.look ? this.asking(this.look) : this.error ? nothing : loading('Looking what would be discarded…')}`,
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
      ${this.drifted ? html`<p class="alert warn" role="alert">${icon('warn')}What matches has changed since you looked. Nothing was discarded: look again.</p>` : nothing}
      ${begun ? html`<p class="alert ok" role="status">${icon('ok')}${count(this.gone)} discarded${this.passedOver ? `, ${count(this.passedOver)} passed over, since they changed meanwhile` : ''}. ${look.exact ? '' : 'At least '}${count(n + look.left)} left.</p>` : nothing}
      <p class="big">${n ? html`Nobody hears of <strong>${count(n)}</strong>${look.left ? html` of ${look.exact ? '' : 'at least '}${count(n + look.left)}` : nothing} any more.` : 'Nothing can be discarded now.'}${look.left ? ' The rest is one click after that.' : ''}</p>
      <p>A file stays where it lies and can be restored from the trash; a message that names no file is gone for good.</p>
      ${found(look, this.filter, 'What is discarded')}
      ${typed ? html`<label>Type ${n} to go on<input inputmode="numeric" .value=${this.typed} @input=${(/** @type {any} */ e) => { this.typed = e.target.value.trim(); this.requestUpdate(); }}></label>` : nothing}
      ${begun ? nothing : html`<label>Note for the audit trail, if you like<input maxlength="1000" .value=${this.note} @input=${(/** @type {any} */ e) => (this.note = e.target.value)}></label>`}
      <footer><button type="button" @click=${() => this.leave()}>${begun ? (n ? 'Leave the rest' : 'Close') : 'Leave it'}</button>
        ${begun && !n ? nothing : change(this.busy ? 'Discarding…' : `Discard ${begun ? 'the rest: ' : ''}${count(n)}`, () => this.discard(), { tone: 'danger', off: this.busy ? 'It is under way' : !n ? 'There is nothing to discard' : wrong ? `Type ${n} first` : '' })}</footer>`;
  }
}
customElements.define('winnow-discard', Discard);
