/** The dialog that discards dead letters: they go to the trash, from where files can be taken back. */
import { html, nothing } from './vendor/lit.js';
import { Element } from './element.js';
import { icon } from './icons.js';
import { call } from './session.js';
import { count } from './format.js';
import { change, dialog } from './parts.js';

/** Above that, the count has to be typed. */
const TYPED = 100;
const AT_ONCE = 4;

class Discard extends Element {
  static properties = { ids: { attribute: false }, close: { attribute: false } };

  constructor() {
    super();
    /** @type {string[]} */
    this.ids = [];
    /** @type {(changed: boolean) => void} */
    this.close = () => {};
    this.typed = '';
    this.note = '';
    this.done = 0;
    this.failed = 0;
    this.busy = false;
    this.stopped = false;
  }

  async discard() {
    this.busy = true;
    const left = [...this.ids];
    const worker = async () => {
      for (let id = left.shift(); id && !this.stopped; id = left.shift()) {
        await call(`/admin/dead-letters/${id}`, { method: 'DELETE', query: { note: this.note } }).catch(() => (this.failed += 1));
        this.done += 1;
        this.requestUpdate();
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    this.busy = false;
    if (this.failed) this.requestUpdate();
    else this.close(true);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.stopped = true;
  }

  render() {
    const n = this.ids.length;
    const wrong = n > TYPED && this.typed !== String(n);
    return dialog(`Discard ${count(n)}`, html`
      <p>Nobody hears of ${n === 1 ? 'it' : 'them'} any more. A file stays where it lies and can be restored from the trash; a message that names no file is gone for good.</p>
      ${n > TYPED ? html`<label>Type ${n} to go on<input inputmode="numeric" .value=${this.typed} @input=${(/** @type {any} */ e) => { this.typed = e.target.value.trim(); this.requestUpdate(); }}></label>` : nothing}
      <label>Note for the audit trail, if you like<input maxlength="1000" @input=${(/** @type {any} */ e) => (this.note = e.target.value)}></label>
      ${this.busy || this.failed ? html`<progress max=${n} value=${this.done} aria-label="Discarded"></progress>` : nothing}
      ${this.failed ? html`<p class="alert bad" role="alert">${icon('bad')}${count(this.failed)} of ${count(n)} could not be discarded</p>` : nothing}
      <footer><button type="button" @click=${() => this.close(this.done > 0)}>${this.done ? 'Close' : 'Leave it'}</button>
        ${change(this.busy ? `${count(this.done)} of ${count(n)}…` : `Discard ${count(n)}`, () => this.discard(), { tone: 'danger', off: this.busy ? 'It is under way' : wrong ? `Type ${n} first` : '' })}</footer>`,
      () => this.close(this.done > 0));
  }
}
customElements.define('winnow-discard', Discard);
